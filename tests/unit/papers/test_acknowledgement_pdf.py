"""The accusé d'inscription on paper: what a judge, an employer or a fund can read."""

import asyncio
from datetime import date

import pytest

from service.adapters.papers.acknowledgement import acknowledgement_content
from service.adapters.papers.fonts import can_print
from service.adapters.papers.press import printed
from service.adapters.papers.printer import Printer
from service.adapters.papers.tongues import Tongues, breakable, printable_name
from service.domain.birth_date import BirthDate
from service.domain.identity import TravelDocument
from service.usecases.records.papers import AcknowledgementPaper
from tests.unit.papers import samples
from tests.unit.papers.reading import fonts_of, is_accessible, opened, text_of

FRENCH = Tongues.of("fr")
WARNING = (
    "Ce n'est ni un titre de séjour, ni un récépissé, ni une autorisation de travail."
)
HOSTILE = [
    '#import "common.typ": paper',
    '#read("/etc/passwd")',
    "*gras* _italique_ `code` $x^2$ @ref <label> // /* */",
    "[crochets] {accolades} (parenthèses) \\ \\u{41} ~ -- ---",
    '"); #panic("dehors")',
    "#set page(width: 1mm)",
    "= Titre",
    "<script>alert(1)</script>",
    "%(day)s %s %% {0} {{ 7*7 }}",
]


def print_now(
    paper: AcknowledgementPaper,
    *,
    is_discreet: bool = False,
    tongues: Tongues = FRENCH,
) -> bytes:
    content = acknowledgement_content(paper, tongues, is_discreet=is_discreet)
    return printed("acknowledgement", content, paper.issued_on)


def test_it_says_what_was_asked_when_by_whom_and_what_it_is_not() -> None:
    said = text_of(print_now(samples.acknowledgement()))

    for part in (
        "Accusé d'inscription",
        "Préfecture de l'Isère",
        "reçue le lundi 9 novembre 2026 à 2 h 14, heure de Paris",
        WARNING,
        "SPÉCIMEN",
        "Noor",
        "2 février 1994",
        "9900000001",
        "Renouvellement de titre de séjour",
        "Préfecture, Grenoble ; Sous-préfecture de Vienne",
        "12 décembre 2026",
        "Inscription en cours, pas encore de rendez-vous",
        "7ZK4-M2QD-X9B8",
        "rdv.example.org/verifier-un-accuse",
        "11 tirages, du 9 novembre 2026 au 19 novembre 2026. Places proposées : 0.",
        "jeudi 19 novembre 2026 612 51 participation, pas de place",
        "établi le 20 novembre 2026",
        "L. 311-3-1",
        "CADA",
    ):
        assert part in said, part


def test_it_is_tagged_titled_and_in_our_fonts() -> None:
    pdf = print_now(samples.acknowledgement())

    is_accessible(pdf, "Accusé d'inscription")
    assert all(font.startswith("NotoSans") for font in fonts_of(pdf))


def test_equal_papers_are_equal_bytes_and_another_day_is_another_file() -> None:
    first, again = (print_now(samples.acknowledgement()) for _ in range(2))
    other = print_now(samples.acknowledgement(issued_on=date(2026, 11, 21)))

    assert first == again
    assert first != other


def test_nothing_on_it_opens_the_registration() -> None:
    said = text_of(print_now(samples.acknowledgement()))

    assert "/acces/" not in said
    assert "Code personnel" not in said


def test_the_discreet_one_tells_no_motif_no_site_and_two_digits() -> None:
    pdf = print_now(samples.acknowledgement(), is_discreet=True)
    said = text_of(pdf)

    for hidden in ("Renouvellement", "Grenoble", "9900000001", "Carte de séjour"):
        assert hidden not in said
    assert "••••••••01" in said
    assert WARNING in said
    assert "SPÉCIMEN" in said


def test_a_first_day_says_when_the_first_draw_is() -> None:
    said = text_of(print_now(samples.acknowledgement(view=samples.view(nights=()))))

    assert "Aucun tirage n'a encore eu lieu" in said
    assert "lundi 9 novembre" in said


def test_two_hundred_nights_are_all_there() -> None:
    nights = tuple(samples.night(at) for at in range(200))
    pdf = print_now(samples.acknowledgement(view=samples.view(nights=nights)))
    said = text_of(pdf)

    assert "200 tirages" in said
    assert said.count("participation, pas de place") == 200
    assert len(opened(pdf).pages) <= 8
    for page in opened(pdf).pages:
        read = page.extract_text()
        assert ("participation" in read) == ("Tirage du soir du" in read)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_command_is_printed_and_not_obeyed(text: str) -> None:
    paper = samples.acknowledgement(
        holder=samples.holder(family_name=text, given_names=text),
        view=samples.view(prefecture_name=text, site_names=(text, text)),
    )
    pdf = print_now(paper)
    said = text_of(pdf)

    assert WARNING in said
    assert len(opened(pdf).pages) <= 3
    assert said.replace(" ", "").count(text.replace(" ", "")) >= 2


@pytest.mark.parametrize(
    "name", ["W" * 100, "Mā" * 50, "n" * 23 + " " + "m" * 76, "Ж" * 100]
)
def test_the_longest_names_stay_on_the_page(name: str) -> None:
    pdf = print_now(
        samples.acknowledgement(
            holder=samples.holder(family_name=name, given_names=name)
        )
    )
    right_edge = float(opened(pdf).pages[0].mediabox.width)
    reached: list[float] = []
    for page in opened(pdf).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: reached.append(
                float(cm[4]) + float(tm[4]) if text.strip() else 0.0
            )
        )

    assert max(reached) < right_edge
    assert name.replace(" ", "") in text_of(pdf).replace(" ", "")


def test_a_name_no_font_holds_is_told_and_never_a_row_of_boxes() -> None:
    pdf = print_now(
        samples.acknowledgement(
            holder=samples.holder(family_name="陈", given_names="Wei 伟")
        )
    )
    said = text_of(pdf)

    assert "[…]" in said
    assert "Wei […]" in said
    assert "une écriture que ce document ne sait pas imprimer" in said
    assert "Le nom en lettres latines" in said
    assert "9900000001" in said


@pytest.mark.parametrize(
    "name",
    [
        "Đỗ Nguyễn",
        "Ẹ̀ṣọ́",
        "Yılmaz",
        "Łukasz",
        "Кузьменко Ґалина",
        "محمد",
        "پژمان گل",
        "نوره\u200cای",
        "D'Óñà-Lü",
    ],
)
def test_latin_cyrillic_arabic_and_persian_names_are_printed_whole(name: str) -> None:
    assert can_print(name)
    assert printable_name(name).is_whole
    print_now(samples.acknowledgement(holder=samples.holder(family_name=name)))


def test_a_name_is_left_out_word_by_word() -> None:
    assert not printable_name("ᚠᚢᚦ").is_whole
    assert printable_name("বাংলা দেশ Rahman").text == "[…] […] Rahman"


def test_only_a_word_too_long_for_a_line_is_broken() -> None:
    assert breakable("un mot ordinaire") == "un mot ordinaire"
    assert "\u200b" in breakable("a" * 60)
    assert breakable("a" * 60).replace("\u200b", "") == "a" * 60


def test_a_passport_and_a_birth_year_are_said_as_known() -> None:
    said = text_of(
        print_now(
            samples.acknowledgement(
                holder=samples.holder(
                    proof=TravelDocument.parse("passport", "0012 AB", "SEN"),
                    birth_date=BirthDate(1994),
                )
            )
        )
    )

    assert "Passeport" in said
    assert "0012AB (Sénégal)" in said
    assert "Date de naissance 1994" in said


def test_erased_data_leave_a_paper_that_says_so() -> None:
    said = text_of(
        print_now(
            samples.acknowledgement(
                holder=samples.holder(
                    family_name="", given_names=None, birth_date=None, proof=None
                )
            )
        )
    )

    assert "Données effacées" in said


def test_the_press_prints_without_stopping_the_others() -> None:
    async def both() -> tuple[bytes, bytes]:
        printer = Printer()
        paper = samples.acknowledgement()
        one, two = await asyncio.gather(
            *(
                printer.acknowledgement(paper, language="fr", is_discreet=False)
                for _ in range(2)
            )
        )
        return one, two

    one, two = asyncio.run(both())
    assert one == two == print_now(samples.acknowledgement())


def test_who_proved_nothing_gets_no_news_and_no_false_word() -> None:
    unproved = samples.view(needs_proof=True, nights=(), offer=None)
    said = text_of(print_now(samples.acknowledgement(view=unproved)))

    assert "Demande reçue" in said
    assert "Aucun tirage" not in said
    assert "pas encore de rendez-vous" not in said
    assert "le lien reçu par message" in said
