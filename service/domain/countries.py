"""Country codes: two letters, three letters, one country.

A passport prints three letters, a form often sends two. Both must lead to the same
person, hence this table. The three-letter code is the canonical one, because people
without a nationality have no other.

Source:
    ISO 3166-1 (249 pairs, each written here as its two codes in a row); ICAO Doc
    9303-3, section 5, for refugees and stateless people; Kosovo under both codes
    in use.
"""

from __future__ import annotations

from typing import Final

from service.domain.errors import UnknownCountryError
from service.domain.keyboard import compact

_PAIRS: Final = """
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT
    AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI
    BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
    BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN
    COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA
    DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
    FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL
    GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD
    HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
    ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA
    KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO
    LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
    MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI
    MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL
    NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
    PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA
    SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR
    SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
    TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN
    TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
    VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
    XKXKX
"""

_ALPHA_3: Final = {pair[:2]: pair[2:] for pair in _PAIRS.split()}
_ALPHA_2: Final = {alpha_3: alpha_2 for alpha_2, alpha_3 in _ALPHA_3.items()}
_WITHOUT_NATIONALITY: Final = frozenset({"XXA", "XXB", "XXC"})
_OTHER_NAMES: Final = {"RKS": "XKX"}

COUNTRIES: Final = frozenset(_ALPHA_2) | _WITHOUT_NATIONALITY
"""Every canonical code: three capitals."""


def country_code(typed: str) -> str:
    """Return the canonical three-letter code of a two- or three-letter one.

    Raises:
        UnknownCountryError: Neither form is known.
    """
    code = compact(typed)
    code = _ALPHA_3.get(code, _OTHER_NAMES.get(code, code))
    if code not in COUNTRIES:
        raise UnknownCountryError
    return code


def alpha_2(country: str) -> str | None:
    """Return the two-letter code that calendars and locales use, if there is one."""
    return _ALPHA_2.get(country)
