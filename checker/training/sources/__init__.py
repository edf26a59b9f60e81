"""Sources of training examples, one kind a file, and the registry that a recipe's `loader` names refer to."""

from checker.training.sources.registry import LOADERS, prepare

__all__ = ["LOADERS", "prepare"]
