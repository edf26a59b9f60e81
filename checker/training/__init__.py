"""Training: from labelled data and made errors to a model folder. Only the command line imports it, lazily."""
