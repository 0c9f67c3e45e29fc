"""Cells of the matrix that are not as expected, and why: recorded, never tuned."""

from dataclasses import dataclass
from typing import Final

from simulation.scenarios.model import Words
from simulation.validation.attack import Level
from simulation.validation.row import said


@dataclass(frozen=True, slots=True)
class Miss:
    """What is found instead, and the reason that can be given."""

    found: Level
    why: Words


_SLOW: Final = said(
    "A slow captcha slows the program down (a release lasts 30 s instead of less than "
    "one), but few people come at the release and a captcha costs them time too: 78 % "
    "captured at 30 s a captcha, 61 % still at 120 s.",
    "Un captcha lent ralentit le robot (une mise en ligne dure 30 s au lieu de moins "
    "d'une), mais peu de gens viennent à l'heure dite et le captcha leur coûte aussi "
    ": 78 % captées à 30 s par captcha, encore 61 % à 120 s.",
)
_FARM: Final = said(
    "A matter of size: five people for sixteen places a day. The same five in a "
    "prefecture ten times as large (168 places a day, as Isère) capture 20 %, which "
    "is the partial that was expected.",
    "Affaire de taille : cinq personnes pour seize places par jour. Les mêmes cinq "
    "dans une préfecture dix fois plus grande (168 places par jour, comme l'Isère) "
    "captent 20 %, le partiel attendu.",
)
_FARM_ROOM: Final = said(
    "Five people are five sessions, among a hundred others: s/(s+h). Twenty of them "
    "capture 17 %.",
    "Cinq personnes font cinq sessions, parmi une centaine d'autres : s/(s+h). Vingt "
    "captent 17 %.",
)
_NAMES_ROOM: Final = said(
    "In a waiting room sessions decide, not names: the owner of the names opens "
    "sixty. With 1,200 sessions the same names capture 67 %.",
    "En salle d'attente les sessions décident, pas les noms : leur propriétaire en "
    "ouvre soixante. Avec 1,200 sessions, les mêmes noms captent 67 %.",
)
_PASSING: Final = said(
    "The check lets one fake in twenty pass: 25 of 500, for sixteen places a day. "
    "Each wins as often as a person, and comes back when its place is over; 250 fakes "
    "capture 7 %. A check bounds the attack by those who pass; it does not end it.",
    "Le contrôle laisse passer un faux sur vingt : 25 sur 500, pour seize places par "
    "jour. Chacun gagne aussi souvent qu'une personne, et revient quand sa place est "
    "passée ; 250 faux captent 7 %. Un contrôle borne l'attaque à ceux qui passent, "
    "il n'y met pas fin.",
)
_DECLARED: Final = said(
    "Urgency more than doubles what the fakes win, but the number is still checked, "
    "and 25 of 500 pass. With neither number nor date checked it is 86 %: the line "
    "below. With 1,000 fakes, 51 %.",
    "L'urgence fait plus que doubler ce que gagnent les faux, mais le numéro est "
    "vérifié, et 25 sur 500 passent. Sans contrôle du numéro ni de la date, c'est 86 "
    "% : la ligne suivante. Avec 1,000 faux, 51 %.",
)
_FEW_WON: Final = said(
    "Fewer places are won in a waiting room, so that more of them find a client: 124 "
    "won against 323 at the first click. The attack is smaller, this number is not.",
    "En salle d'attente moins de places sont gagnées, donc plus trouvent un client : "
    "124 gagnées contre 323 au premier clic. L'attaque est plus petite, ce nombre ne "
    "l'est pas.",
)
_FROZEN: Final = said(
    "Where the name is frozen a place in a lent name reaches no client at all: weaker "
    "than expected for the seller, who loses money. The harm is elsewhere: five "
    "places in a hundred are wasted besides.",
    "Là où le nom est figé, une place au nom prêté ne parvient à aucun client : moins "
    "que prévu pour le revendeur, qui perd de l'argent. Le mal est ailleurs : cinq "
    "places sur cent sont perdues en plus.",
)
_PHOTO: Final = said(
    "If nobody looks at the photo, every place won in a lent name can be sold, as "
    "with an editable name: 52 %, just above the half that we call strong (44 to 61 % "
    "with other seeds and lengths).",
    "Si personne ne regarde la photo, toute place gagnée à un nom prêté peut se "
    "vendre, comme avec un nom modifiable : 52 %, juste au-dessus de la moitié que "
    "nous appelons fort (44 à 61 % avec d'autres graines et durées).",
)
_SHOPPERS: Final = said(
    "The click is no worse here than a draw without a national number (13 to 17 %, "
    "against 13 to 15 %): of 134 people received elsewhere 55 still had no place here "
    "that they could leave empty.",
    "Le clic ne fait ici pas pire qu'un tirage sans numéro national (13 à 17 %, "
    "contre 13 à 15 %) : sur 134 personnes reçues ailleurs, 55 n'avaient encore ici "
    "aucune place à laisser vide.",
)
_NO_REGISTER: Final = said(
    "At the click there is no registration to flood. An overload of the site is not "
    "played; places taken for nothing are attack 11.",
    "Au clic il n'y a pas d'inscription à inonder. Une surcharge du site n'est pas "
    "jouée ; les places prises pour rien sont l'attaque 11.",
)
_ROOM_DENIED: Final = said(
    "A saboteur who wants twenty places a day opens twenty sessions, among more than "
    "a hundred people. More sessions deny more, as in attack 2.",
    "Qui veut vingt places par jour ouvre vingt sessions, parmi plus de cent "
    "personnes. Plus de sessions privent de plus de places, comme à l'attaque 2.",
)
_BOUNDED: Final = said(
    "Weaker than expected: the check lets 15 of 300 identities pass, which waste 4 to "
    "5 places in a hundred besides. With 1,000 identities our rule loses 13 %.",
    "Moins que prévu : le contrôle laisse passer 15 identités sur 300, qui font "
    "perdre 4 à 5 places sur cent en plus. Avec 1,000 identités, notre règle en perd "
    "13 %.",
)

_PROMISES: Final = said(
    "How many people a con artist reaches is an assumption, one in ten of those who "
    "look, each month, under any rule. The order is as expected: three times as many "
    "are cheated where sellers sell a place twice as in a draw, where only promises "
    "are left (3,985 € lost at the first click, 1,190 € under ours). No rule ends it.",
    "Combien de gens un escroc atteint est une hypothèse, un sur dix de ceux qui "
    "cherchent, chaque mois, quelle que soit la règle. L'ordre est celui attendu : "
    "trois fois plus de gens trompés là où des revendeurs vendent une place deux fois "
    "que dans un tirage, où il ne reste que des promesses (3,985 € perdus au premier "
    "clic, 1,190 € avec notre règle). Aucune règle n'y met fin.",
)

MISSES: Final[dict[tuple[int, str], Miss]] = {
    (1, "captcha-farm"): Miss("strong", _SLOW),
    (3, "first-click"): Miss("strong", _FARM),
    (3, "captcha-ahead"): Miss("strong", _FARM),
    (3, "captcha-farm"): Miss("strong", _FARM),
    (3, "waiting-room"): Miss("weak", _FARM_ROOM),
    (4, "waiting-room"): Miss("partial", _NAMES_ROOM),
    (4, "ours"): Miss("partial", _PASSING),
    (4, "ours-unverified-dates"): Miss("partial", _DECLARED),
    (5, "waiting-room"): Miss("strong", _FEW_WON),
    (5, "plain-lottery"): Miss("weak", _FROZEN),
    (5, "ours-photo-ignored"): Miss("strong", _PHOTO),
    (5, "list-by-arrival"): Miss("weak", _FROZEN),
    (8, "first-click"): Miss("partial", _SHOPPERS),
    (8, "captcha-ahead"): Miss("partial", _SHOPPERS),
    (8, "captcha-farm"): Miss("partial", _SHOPPERS),
    (8, "waiting-room"): Miss("partial", _SHOPPERS),
    (10, "first-click"): Miss("weak", _NO_REGISTER),
    (10, "captcha-ahead"): Miss("weak", _NO_REGISTER),
    (10, "captcha-farm"): Miss("weak", _NO_REGISTER),
    (10, "waiting-room"): Miss("weak", _NO_REGISTER),
    (11, "waiting-room"): Miss("partial", _ROOM_DENIED),
    (11, "plain-lottery"): Miss("weak", _BOUNDED),
    (11, "ours"): Miss("weak", _BOUNDED),
    (11, "list-by-arrival"): Miss("weak", _BOUNDED),
    (14, "first-click"): Miss("partial", _PROMISES),
    (14, "captcha-ahead"): Miss("partial", _PROMISES),
    (14, "captcha-farm"): Miss("weak", _PROMISES),
    (14, "waiting-room"): Miss("weak", _PROMISES),
    (14, "plain-lottery"): Miss("weak", _PROMISES),
    (14, "ours"): Miss("weak", _PROMISES),
    (14, "list-by-arrival"): Miss("weak", _PROMISES),
}
"""By attack and rule. Numbers are those of seed 1, 26 November 2026."""
