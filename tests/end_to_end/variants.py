"""Twenty short articles, written for this test, each with one word that contradicts the rest of the article.

The wrong word is marked [[wrong|right]]. Names and modifiers are made up or chosen apart from everything else here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


@dataclass(frozen=True, slots=True)
class Variant:
    """An article's text, the wrong word with its place, and what stood there."""

    text: str
    start: int
    end: int
    wrong: str
    right: str


def variants() -> list[Variant]:
    """All twenty, in order: ten modifiers, then ten words inside names."""
    return [_read(text) for text in (*MODIFIERS, *NAMES)]


def _read(marked: str) -> Variant:
    found = _MARK.search(marked)
    assert found, "an article without a mark"
    text = marked[: found.start()] + found[1] + marked[found.end() :]
    return Variant(text.strip(), found.start(), found.start() + len(found[1]), found[1], found[2])


MODIFIERS = (
    """The union of dock workers in Karsholm said the dismissal of 300 employees was not lawful.

"We will take the [[lawful|unlawful]] dismissal of our colleagues to court," said its chairman, Anton Brekke.

The company Nordlast, which runs the port, dismissed the workers on Friday. A judge had ruled a day earlier that the dismissal of the employees was unlawful. Nordlast has not commented on the ruling.

The mayor of Karsholm, Liv Askeland, called on both sides to talk.""",
    """Residents of Monteluce have protested against the demolition of the old theatre.

The architect Paola Ferrante said the demolition of the theatre was unnecessary and cruel. "There is money for repairs, and the walls are sound," she said.

Several hundred people gathered in front of the building on Saturday. They carried signs against the [[necessary|unnecessary]] demolition of the theatre.

The regional government wants to build offices on the site. A decision is expected in March.""",
    """The Ministry of Health of Tirwana has admitted that the vaccine deliveries were not sufficient.

Minister Josua Okelo told reporters that the supply of vaccines was insufficient in all nine provinces. Doctors had warned of this since January.

The [[sufficient|insufficient]] supply of vaccines has led to long queues at hospitals in the capital, Okelo said.

Neighbouring countries have offered help. A first aeroplane with 40,000 doses is expected on Sunday.""",
    """The Supreme Court of Velland has called the arrest of the journalist Mira Dostal illegal.

The judges said that there had been no warrant and that the arrest of Dostal was not legal.

Dostal was released after four months in prison. Her lawyer, Henrik Salo, demanded an apology for the [[legal|illegal]] arrest of his client.

The interior ministry said it would study the judgment.""",
    """The rebels in the valley of Arandu have broken the ceasefire, the United Nations mission said.

General Tomas Ibarra said the attack on the village of Sepe was unprovoked. Eleven civilians were wounded.

Villagers described how the shelling began at night without warning. "It was a [[provoked|unprovoked]] attack on our village," said the teacher Rosa Quimbaya.

The mission has asked both sides to return to the talks.""",
    """The bank Crédit Sorval has been fined for misleading its customers.

The regulator said the fees of the bank were unfair and hidden in small print. More than 70,000 customers had paid the unfair fees since 2019.

Consumer groups welcomed the fine. Their spokeswoman, Elodie Marchand, said the [[fair|unfair]] fees of the bank had hit poor families hardest.

Crédit Sorval said it would repay the money by the end of the year.""",
    """The referendum in the province of Haldane is not valid, the electoral commission ruled on Thursday.

The commission said turnout had been too low. The head of the commission, Gwen Partridge, said the referendum was invalid because only a fifth of voters had taken part.

The governor accepted the ruling. He said a second vote would be held in autumn to replace the [[valid|invalid]] referendum.

Opponents of the governor celebrated in the streets of the provincial capital.""",
    """Engineers have warned for years that the bridge over the Oskava was unsafe.

The inspector Jaromir Vlk wrote in 2017 that the bridge was not safe for lorries. His report was ignored.

On Wednesday part of the [[safe|unsafe]] bridge collapsed and fell into the river. Nobody was injured.

The transport ministry has closed three more bridges in the region.""",
    """The coach of Deportivo Larrau called the defeat on Sunday undeserved.

"We had twelve chances and hit the post twice," said Iker Zabaleta. He repeated that the defeat of his team was not deserved.

The [[deserved|undeserved]] defeat leaves Larrau in ninth place. Captain Beñat Otxoa will miss the next game.

Larrau plays against Sporting Mendieta on Friday.""",
    """Aid groups say the conditions in the Kebir camp are inhumane.

The doctor Salma Bouzid, who worked there for a year, said the conditions in the camp were not humane. Families of eight share one tent.

The government rejects the criticism of the [[humane|inhumane]] conditions in the camp. It says new houses are being built.

About 14,000 people live in the Kebir camp.""",
)

NAMES = (
    """Leaders of eleven countries arrived in Port Sarrow on Monday for the Conference of the Southern Isles.

The Conference of the Southern Isles takes place every three years. President Amara Toles will open the meeting.

Toles said that the [[Lecture|Conference]] of the Southern Isles would deal with fishing rights.

Police have closed roads around the harbour.""",
    """The Bank of the Two Rivers has raised its interest rate for the fourth time this year.

The governor of the Bank of the Two Rivers, Yusuf Adeyinka, said inflation was still too high.

Economists had expected the step. The [[Bench|Bank]] of the Two Rivers will decide again in June.

Prices rose by nine per cent in April.""",
    """The Party of Democratic Renewal has won the election in Costa Brumal.

With almost all votes counted, the Party of Democratic Renewal has 54 of the 90 seats. Its leader, Ines Cardoso, promised lower taxes.

The opposition conceded defeat. The [[Match|Party]] of Democratic Renewal had last governed the country in 2008.

The new parliament meets in two weeks.""",
    """Scientists of the Royal Institute of Tides have measured the highest water in a century.

The Royal Institute of Tides said the water at Grevelmond rose to 4.1 metres. Dikes held everywhere.

The director of the Royal Institute of [[Prides|Tides]], Maarten Kuiper, warned that such floods would become more common.

The government wants to spend more on dikes.""",
    """The Committee for the Defence of Journalists has asked Parland to release three reporters.

The Committee for the Defence of Journalists said the reporters had done nothing but their work.

They were arrested in May. A spokesman for the Committee for the [[Fence|Defence]] of Journalists, Oliver Nkemelu, said their families had not been told where they were.

Parland's government has not answered.""",
    """The Treaty of Lower Anzin was signed by five states on Friday.

Under the Treaty of Lower Anzin the states share the water of the lake. Farmers on both shores had argued about it for decades.

The foreign minister of Gorvia, Katrin Halasz, praised the Treaty of [[Short|Lower]] Anzin as a model for other regions.

The treaty takes effect in January.""",
    """The World Organization of Beekeepers met in Lucastre at the weekend.

Members from 61 countries attended. The World Organization of Beekeepers elected Naledi Mokoena as its new president.

Mokoena said that the World [[Order|Organization]] of Beekeepers would fight against the use of certain pesticides.

The next meeting is planned for 2027.""",
    """The Court of Audit in Merrowdale has criticised spending on the new stadium.

The Court of Audit said the stadium had cost twice as much as planned. Its president, Fiona Strathearn, presented the report on Tuesday.

The city disputed the figures. The [[Yard|Court]] of Audit had not taken higher wages into account, a spokesman said.

The stadium opened last year.""",
    """The Army of the Eastern Plateau has agreed to a truce, mediators said.

The Army of the Eastern Plateau has fought against the government of Zambera since 2011. About 6,000 people have been killed.

The chief mediator, Ruth Abiodun, said the Army of the Eastern [[Saucer|Plateau]] would hand over its heavy weapons.

The truce begins on Saturday at noon.""",
    """The Museum of Modern Glass in Altenbrück has reopened after a fire.

Visitors stood in line for hours on Sunday. The Museum of Modern Glass had been closed for two years.

The director, Konrad Weil, thanked the fire brigade. Only four works of the Museum of Modern [[Crystal|Glass]] were lost.

The entrance is free until the end of the month.""",
)
