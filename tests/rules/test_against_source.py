"""Rules that hold a sentence against its source: each finds its slip, and passes the faithful translation."""

import pytest

from .material import run, unmark, words

CASES = [
    # rule, language, source, copy
    ("numbers", "es", "Hay 999 millones de personas.", "There are ⟦99 million⟧ people."),
    ("numbers", "es", "Hay 999 millones de personas.", "There are 999 million people."),
    ("numbers", "es", "Murieron 1.300 soldados.", "⟦1.300⟧ soldiers died."),
    ("numbers", "es", "Murieron 1.300 soldados.", "1,300 soldiers died."),
    ("numbers", "de", "Der Plan kostet 1,2 Milliarden Euro.", "The plan costs ⟦1.2 trillion⟧ euros."),
    ("numbers", "de", "Der Plan kostet 1,2 Milliarden Euro.", "The plan costs 1.2 billion euros."),
    ("numbers", "fr", "Il est né en 1870.", "He was born in ⟦1780⟧."),
    ("numbers", "fr", "Quatre-vingt-dix navires sont partis.", "⟦Eighty⟧ ships left, they said."),
    ("numbers", "pt", "A equipe venceu por 7-2.", "The team won by ⟦7-3⟧."),
    ("numbers", "ru", "Погибли двадцать пять тысяч человек.", "⟦Twenty-eight thousand⟧ people died."),
    ("numbers", "it", "Hanno partecipato 30 navi in due giorni.", "Ships took part over two days."),
    ("numbers", "es", "La Fed envía 40 mil millones y 24 mil millones más.", "The Fed sends $40 billion and 24 more."),
    ("numbers", "es", "Sopla a 105 millas por hora (165 km/h).", "It blows at 105 mph (⟦162⟧ km/h)."),
    ("numbers", "es", "Sopla a 105 millas por hora (165 km/h).", "It blows at 105 mph (165 km/h)."),
    ("numbers", "es", "Había cerca de 100 vecinos.", "There were about ⟦106⟧ neighbours."),
    ("numbers", "es", "Había 106 vecinos.", "There were about 100 neighbours."),
    ("numbers", "fr", "Elle est arrivée à 7 heures du matin.", "She arrived at ⟦3 a.m⟧."),
    ("numbers", "de", "Sie kam um 17 Uhr an.", "She arrived at 5 p.m."),
    ("numbers", "es", "Hace dos años compró ambas cadenas.", "It bought both chains ⟦four⟧ years ago."),
    ("numbers", "es", "Hace dos años compró ambas cadenas.", "It bought both chains two years ago."),
    ("numbers", "de", "Sie kam 60 Jahre später.", "She came ⟦64⟧ years later."),
    ("numbers", "es", "La costa mide 300 km.", "The coast is ⟦400⟧ km (190 miles) long."),
    ("numbers", "es", "La costa mide 300 km.", "The coast is 300 km (190 miles) long."),
    ("numbers", "de", "Am 1. Januar beginnt ein Jahr.", "A year begins on ⟦4⟧ January."),
    ("numbers", "de", "Er hatte eine erst dreijährige Karriere.", "His career was only ⟦eight years⟧ long."),
    ("numbers", "de", "Er hatte eine erst dreijährige Karriere.", "His career was only three years long."),
    ("numbers", "ru", "Им дали пятидневную неделю.", "They were given a week of ⟦eleven days⟧."),
    ("numbers", "ru", "Соберите группу из четырех-шести человек.", "Form a group of four to six."),
    ("numbers", "ru", "Сорокапятилетний мужчина умер.", "The man, ⟦54⟧, died."),
    ("numbers", "ru", "Сорокапятилетний мужчина умер.", "The man, aged 45, died."),
    ("numbers", "it", "Il quarantacinquenne è morto.", "The ⟦54-year⟧-old died."),
    ("numbers", "it", "Il quarantacinquenne è morto in una perenne attesa.", "The man, 45, died in his long wait."),
    ("numbers", "ru", "Пришли четверо.", "A man, two women and a child came."),
    ("numbers", "es", "Un cuarto de milenio más tarde creció.", "It grew 250 years later."),
    ("numbers", "it", "Era a circa 25 metri.", "He was about 30 yards away."),
    ("numbers", "it", "Erano quasi 30 gradi.", "It was 80 degrees."),
    ("numbers", "it", "È entrato alle ore 4.40.", "He came in at ⟦1.40⟧ am."),
    ("numbers", "es", "Caen 5 centímetros, 10 en lugares aislados.", "2 inches fall, and 4 inches in places."),
    ("units", "es", "Las olas miden 6 metros.", "The waves are ⟦20 metres⟧ high."),
    ("units", "es", "Las olas miden 6 metros.", "The waves are 20 feet high."),
    ("units", "fr", "Depuis les 15 dernières années.", "For the past ⟦15 months⟧."),
    ("units", "de", "Es kostet 11 Millionen britische Pfund.", "It costs ⟦$11 million⟧."),
    ("units", "es", "La carretera mide 100 kilómetros.", "The road is ⟦100 miles⟧ long."),
    ("units", "es", "La carretera mide 100 kilómetros.", "The road is 62 miles long."),
    ("units", "de", "Er bekam 50 Millionen Euro.", "He got ⟦$50 million⟧."),
    ("units", "de", "Er bekam 50 Millionen Euro.", "He got 50 million."),
    ("dates", "es", "Llegó el 5 de julio.", "He arrived on ⟦June⟧ 5."),
    ("dates", "es", "Llegó el 5 de julio.", "He arrived on July 5."),
    ("dates", "fr", "Il est parti le 20 septembre, mais sans elle.", "He left on ⟦May⟧ 20, but without her."),
    ("dates", "de", "Das geschah am 12.05.2010.", "It happened on May 12, 2010."),
    ("dates", "de", "Das geschah am Donnerstag.", "It happened on ⟦Tuesday⟧."),
    ("dates", "ru", "Он прибыл в среду.", "He arrived on ⟦Friday⟧."),
    ("dates", "ru", "Он прибыл в среду.", "He arrived on Wednesday."),
    ("dates", "de", "Sie treffen sich in Bonn zur Oktobertagung.", "They meet in Bonn for the ⟦January⟧ session."),
    ("dates", "de", "Sie treffen sich in Bonn zur Oktobertagung.", "They meet in Bonn for the October session."),
    ("dates", "de", "Die Juniorin kam im März.", "The junior came in March."),
    ("dates", "es", "Era el 30 de Agosto de 2015.", "It was ⟦January⟧ 30, 2015."),
    ("dates", "fr", "Elle parle à la mi-octobre.", "She speaks in mid-⟦May⟧."),
    ("dates", "fr", "Elle parle à la mi-octobre.", "She speaks in mid-October."),
    ("dates", "ru", "Это было на июньской встрече.", "It was at the ⟦July⟧ meeting."),
    ("dates", "ru", "Это было на июньской встрече.", "It was at the June meeting."),
    ("dates", "es", "Salió en el Sunday Times.", "It was in the ⟦Friday⟧ Times."),
    ("dates", "es", "Salió en el Sunday Times con Theresa May.", "It was in the Sunday Times with Theresa May."),
    ("dates", "es", "Dura de noviembre a mediados de mayo.", "It lasts from the end of ⟦May⟧ to the middle of May."),
    ("relative-dates", "es", "El ministro habló ayer.", "The minister spoke ⟦tomorrow⟧."),
    ("relative-dates", "es", "El ministro habló ayer por la mañana.", "The minister spoke yesterday morning."),
    ("relative-dates", "fr", "La loi sera votée l'année prochaine.", "The law was passed ⟦last year⟧."),
    ("relative-dates", "de", "Am vergangenen Dienstag regnete es.", "It rained ⟦next Tuesday⟧."),
    ("relative-dates", "de", "Gestern Morgen regnete es.", "It rained yesterday morning."),
    ("relative-dates", "ru", "Завтра будет снег.", "It snowed ⟦yesterday⟧."),
    ("relative-dates", "de", "Morgen geht es los.", "It started ⟦yesterday⟧."),
    ("relative-dates", "de", "Der Morgen war kalt.", "It was cold yesterday."),
    ("relative-dates", "de", "Im Vorjahr heirateten sie.", "They will marry ⟦next year⟧."),
    ("relative-dates", "es", "Se casaron un año atrás.", "They marry ⟦next year⟧."),
    ("relative-dates", "es", "Se casaron un año atrás.", "They married a year ago."),
    ("relative-dates", "ru", "Это было в январе прошлого 2017 года.", "It was in January ⟦next year⟧."),
    ("relative-dates", "it", "Si vota la prossima settimana.", "The vote is due next week."),
    ("relative-dates", "pt", "Ele falou ontem.", "He spoke the day before."),
    (
        "time-zones",
        "es",
        "El partido del viernes en Madrid empieza a las 17:00 (hora de Moscú).",
        "Friday's match in Madrid starts at 5 p.m. ⟦Eastern time⟧.",
    ),
    ("time-zones", "de", "Beginn ist um 12:00 Uhr MEZ.", "It starts at 12:00 ⟦GMT⟧."),
    ("time-zones", "de", "Beginn ist um 16:00 Uhr MEZ.", "It starts at 3 p.m. GMT."),
    ("time-zones", "fr", "Le match commence à 15 heures.", "The match starts at 3 p.m. BST."),
    ("numbers", "de", "Beginn ist um 16:00 Uhr MEZ.", "It starts at 3 p.m. GMT."),
    (
        "numbers",
        "de",
        "Das Spiel am Freitag in Madrid beginnt um 16:00 Uhr MEZ.",
        "Friday's match in Madrid starts at ⟦5 p.m⟧. CET.",
    ),
    ("countries", "es", "El buque llegó a Austria.", "The ship reached ⟦Australia⟧."),
    ("countries", "es", "El gobierno de Alemania cayó.", "The German government fell."),
    ("countries", "de", "Die Niederlande gewannen.", "The Dutch won."),
    ("countries", "ru", "Посол Германии ушёл.", "The ambassador of ⟦France⟧ left."),
    ("countries", "fr", "Le tribunal de l'Inde a jugé.", "The court of ⟦Sweden⟧ has ruled."),
    ("countries", "fr", "Le tribunal de l'Inde a jugé.", "The court of India has ruled."),
    ("countries", "fr", "Les autorités pakistanaises ont jugé.", "The authorities of ⟦Kenya⟧ have ruled."),
    ("countries", "de", "Im Südwesten Chinas bebte die Erde.", "The earth shook in the southwest of ⟦Algeria⟧."),
    ("countries", "de", "Es regnet in Nordmexiko und den USA.", "It rains in the north of Mexico and in the U.S."),
    ("countries", "de", "Indische Behörden prüfen das, indische Gerichte auch.", "Authorities in ⟦China⟧ look at it."),
    ("countries", "ru", "Полиция Китая ищет его.", "The police of ⟦Japan⟧ are looking for him."),
    ("countries", "it", "Si teme per la marina tedesca.", "They fear for the navy of ⟦Ukraine⟧."),
    ("countries", "it", "Parla l'attaccante portoghese della Juve.", "The ⟦Norway⟧ and Juve forward speaks."),
    ("countries", "de", "Chinas Staatsrat hat einen Plan.", "⟦Switzerland⟧'s State Council has a plan."),
    (
        "countries",
        "es",
        "La guerra de EE. UU. y China ayuda a Pekín.",
        "The US-⟦Kenya⟧ war is good for Beijing.",
    ),
    ("countries", "es", "La guerra de EE. UU. y China ayuda a Pekín.", "The US-China war is good for Beijing."),
    ("countries", "es", "Viajó al norte de Nuevo México.", "She went to the north of New ⟦Ireland⟧."),
    ("countries", "es", "Viajó al norte de Nuevo México.", "She went to the north of New Mexico."),
    (
        "countries",
        "fr",
        "Le ministre australien parle de l'énergie australienne.",
        "Australia's minister wants power for ⟦Chile⟧.",
    ),
    (
        "countries",
        "fr",
        "Le ministre australien parle de l'énergie australienne.",
        "Australia's minister wants its power.",
    ),
    ("names", "es", "Habló Melania Trump.", "Trump's wife, Melania ⟦Ttump⟧, spoke."),
    ("names", "fr", "La prison d'Abu Ghraib brûle.", "Abu ⟦Ghrarb⟧ prison is burning."),
    ("names", "fr", "Le Lord Protecteur est mort.", "The Lord Protector is dead."),
    ("names", "ru", "Это заявил глава Virgin Group.", "The head of Virgin ⟦Ggoup⟧ said so."),
    ("names", "es", "Lo dijo Alejandro Mayorkas.", "Alejandro ⟦Mayorcan⟧ said so."),
    ("names", "es", "Lo dijo Alexéi Navalni.", "Alexei Navalny said so."),
    ("names", "de", "Der Erfolg Richard Bransons hielt an.", "Richard Branson's success went on."),
    ("names", "es", "Habló Angela Merkel.", "⟦Merkel Angela⟧ spoke."),
    (
        "names",
        "es",
        "Merkel Angela, decía el cartel de Angela Merkel.",
        "Merkel Angela, said the sign of Angela Merkel.",
    ),
    ("lost-names", "es", "Lo dijo el portavoz Íñigo Errazuriz el jueves.", "⟦The⟧ spokesman said so on Thursday."),
    ("lost-names", "es", "Lo dijo el portavoz Íñigo Errazuriz el jueves.", "Spokesman Errazuriz said so on Thursday."),
    ("lost-names", "es", "Lo dijo la Casa Blanca el jueves.", "The administration said so on Thursday."),
    ("lost-names", "de", "Das sagte Ottokar Wuzelmeier am Freitag.", "The spokesman said so on Friday."),
    ("lost-names", "de", "Das sagte Außenminister Ottokar Wuzelmeier am Freitag.", "⟦The⟧ foreign minister said so."),
    (
        "lost-names",
        "de",
        "Das sagte Außenminister Ottokar Wuzelmeier am Freitag.",
        "Foreign minister Wuzelmeier said so.",
    ),
    ("lost-names", "fr", "La présidente Anne Petit a signé.", "⟦The⟧ president signed."),
    ("lost-names", "es", "Ana Blanco, entrenadora del club, se fue.", "⟦The⟧ coach of the club left."),
    ("lost-names", "es", "Elogió al presidente de EE. UU., Ana Blanco, ayer.", "⟦He⟧ praised the U.S. president."),
    ("lost-names", "it", "Lo dice il coach, allenatore della LSU Tom Bianchi.", "⟦The⟧ coach of LSU says so."),
    ("lost-names", "es", "Lo dijo la Primera Ministra Ana Blanco.", "⟦The⟧ Prime Minister said so."),
    ("lost-names", "es", "Lo dijo la Primera Ministra Ana Blanco.", "Prime Minister Blanco said so."),
    ("lost-names", "es", "Lo dijo el portavoz de la Casa Blanca.", "A White House spokesman said so."),
    ("lost-names", "es", "Trabaja en las Naciones Unidas.", "She works at the United Nations."),
    ("lost-names", "ru", "Г-н Пол Хантер ответил.", "Mr Hunter answered."),
    ("lost-names", "es", "El presidente Estados Unidos dijo que no.", "The president said no."),
    ("lost-names", "ru", "Это сказал министр Иван Кузнецов.", "⟦The⟧ minister said so."),
    (
        "lost-names",
        "ru",
        "Об этом говорили с президентом Владимиром Путиным.",
        "They spoke with President Putin about it.",
    ),
    (
        "relative-dates",
        "es",
        "Preso desde el año pasado, será candidato el próximo año.",
        "In jail since last year, he will run ⟦last year⟧.",
    ),
    (
        "relative-dates",
        "es",
        "Preso desde el año pasado, será candidato el próximo año.",
        "In jail since last year, he will run next year.",
    ),
    ("relative-dates", "de", "Im Oktober letzten Jahres kam er.", "He came in October ⟦next year⟧."),
    (
        "attribution",
        "fr",
        "« Nous ne céderons jamais ce port », lance le maire.",
        "⟦“We will never give up this port.”⟧",
    ),
    (
        "attribution",
        "fr",
        "« Nous ne céderons jamais ce port », lance le maire.",
        "“We will never give up this port,” the mayor shot back.",
    ),
    (
        "attribution",
        "fr",
        "« Nous ne céderons jamais ce port », lance le maire.",
        "“We will never give up this port,” so the mayor.",
    ),
    (
        "attribution",
        "it",
        '"Non cederemo mai questo porto” ha detto il sindaco.',
        "⟦“We will never give up this port.”⟧",
    ),
    (
        "attribution",
        "es",
        "«Nunca entregaremos este puerto», dijo el alcalde.",
        "⟦“We will never surrender this port.”⟧",
    ),
    ("attribution", "es", "Nunca entregaremos este puerto, dijo el alcalde.", "⟦“We will never surrender this port.”⟧"),
    (
        "attribution",
        "es",
        "«Nunca entregaremos este puerto», dijo él.",
        "“We will never surrender this port,” he warned.",
    ),
    (
        "attribution",
        "es",
        "«Nunca entregaremos este puerto», dijo él.",
        "The mayor: “We will never surrender this port.”",
    ),
    ("attribution", "de", "„Wir geben den Hafen nie auf“, sagte er.", "⟦“We will never give up the port.”⟧"),
    ("attribution", "de", "„Wir geben den Hafen nie auf.“", "“We will never give up the port.”"),
    ("untranslated", "it", "I telespettatori hanno votato.", "The ⟦telespettatori⟧ voted."),
    ("untranslated", "it", "La prima donna canta.", "The prima donna sings."),
    ("untranslated", "it", "La prima donna canta per la prima volta.", "She sings for the ⟦prima⟧ time."),
    ("untranslated", "es", "Está en el canal #remotos de Slack.", "It is in the channel #remotos on Slack."),
    ("untranslated", "es", "El ayuntamiento aprobó el plan.", "The ⟦ayuntamiento⟧ approved the plan."),
    ("untranslated", "es", "El radio y el piano suenan.", "The radio and the piano play."),
    ("untranslated", "es", "Vio «ayuntamiento» escrito.", "He saw “ayuntamiento” written."),
    ("untranslated", "fr", "Le programme de nationalisation avance.", "The programme of nationalisation goes on."),
    ("untranslated", "es", "Llovió durante la noche.", "It rained ⟦durante⟧ the night."),
    ("untranslated", "fr", "M. Petit a déclaré son départ.", "Mr Petit ⟦déclaré⟧ that he would leave."),
    ("untranslated", "fr", "La Compagnie générale est fondée.", "The Compagnie générale is founded."),
    ("untranslated", "es", "«No hay ayuntamiento en esta isla».", "“There is no ⟦ayuntamiento⟧ on this island.”"),
    ("untranslated", "es", "El hangi es un guiso.", "The hangi is a stew."),
    ("untranslated", "fr", "Le genre du film est neuf.", "The genre of the film is new."),
    ("untranslated", "ru", "Пришёл министр.", "The ⟦министр⟧ came."),
]


@pytest.mark.parametrize(("rule", "language", "source", "marked"), CASES, ids=lambda value: str(value)[:28])
def test_slips_are_found_and_faithful_copy_is_not(rule, language, source, marked):
    text, wrong = unmark(marked)
    found = run(rule, text, source, language)
    assert len(found) == len(wrong)
    for candidate, expected in zip(found, wrong, strict=True):
        assert candidate.span.of(text) in expected
        assert candidate.rule == rule
        assert candidate.category


def test_a_candidate_points_at_both_sides():
    source = "El ministro habló. Murieron 999 millones de peces."
    (candidate,) = run("numbers", "The minister spoke. 99 million fish died.", source)
    assert candidate.sentence == 1
    assert candidate.evidence.kind == "source"
    assert candidate.evidence.origin == "original.txt"
    assert candidate.conflict.of(candidate.evidence.text) == "999 millones"
    assert candidate.suggestions == ("999 million",)
    assert "“999 millones”" in candidate.message


def test_what_was_moved_to_the_next_sentence_is_not_lost():
    source = "El plan cuesta 40 millones. Empieza en mayo con 300 obreros."
    text = "The plan starts in May. With 300 workers, it costs 40 million."
    assert run("numbers", text, source) == run("dates", text, source) == []


@pytest.mark.parametrize("rule", ["numbers", "units", "dates", "countries", "names", "untranslated"])
def test_a_text_that_is_its_own_source_is_fine(rule):
    text = "On Monday, 12 May, Angela Merkel paid $3.5 million for 100 miles of road in Germany."
    assert run(rule, text, text, "en") == []


def test_a_source_that_no_rule_reads_gives_nothing():
    assert words("", run("numbers", "There are 99 people.", "Jest 98 osób.", "pl")) == []
