"""Domains where anybody may have a mailbox: they name no company, and sharing one makes nobody a colleague.

Mailbox providers, internet providers and forwarding services for persons. A domain that is missing here is
taken for a company's, which makes its people colleagues of a member there: when in doubt, it belongs in here.
"""

from functools import lru_cache

# Providers with a domain for every country: the first label decides, whatever follows ("yahoo.co.uk").
FAMILIES = frozenset({
    "yahoo", "ymail", "rocketmail", "hotmail", "outlook", "live", "msn", "windowslive", "gmx", "aol", "aim",
    "googlemail", "gmail", "icloud", "yandex", "zohomail",
})  # fmt: skip
_ENDINGS = frozenset({
    "com", "net", "org", "de", "at", "ch", "fr", "it", "es", "pt", "nl", "be", "lu", "dk", "se", "no",
    "fi", "ie", "pl", "cz", "sk", "hu", "ro", "bg", "gr", "tr", "ru", "ua", "by", "kz", "uz", "il", "in",
    "cn", "hk", "tw", "jp", "kr", "sg", "my", "th", "ph", "id", "vn", "au", "nz", "za", "mx", "br", "ar",
    "cl", "co", "pe", "ve", "ca", "uk", "eu", "info", "biz", "lt", "lv", "ee", "hr", "si", "rs", "is",
    "ma", "eg", "sa", "ae", "li", "us", "mobi",
})  # fmt: skip

# Groups are regions, for whoever looks for one.
_REGIONS = {
    "world": """
        me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de
        tutamail.com tuta.io tuta.com keemail.me fastmail.com fastmail.fm fastmail.net fastmail.org
        messagingengine.com sent.com hey.com mail.com email.com usa.com myself.com consultant.com
        post.com europe.com iname.com engineer.com writeme.com techie.com cheerful.com dr.com asia.com
        zoho.com zoho.eu zoho.in hushmail.com hush.com lavabit.com runbox.com posteo.net mailfence.com
        disroot.org riseup.net autistici.org inbox.com inbox.lv gawab.com lycos.com excite.com juno.com
        netzero.net netzero.com usa.net netscape.net opera.com operamail.com bigfoot.com rediff.com
        rediffmail.com sify.com indiatimes.com in.com privaterelay.appleid.com mozmail.com duck.com
        simplelogin.com simplelogin.co aleeas.com slmail.me passmail.net anonaddy.com anonaddy.me
        addy.io 33mail.com relay.firefox.com skiff.com cock.li onmail.com mail2world.com care2.com
        safe-mail.net pobox.com
    """,
    "German": """
        web.de freenet.de t-online.de magenta.de arcor.de posteo.de mailbox.org online.de onlinehome.de
        1und1.de vodafonemail.de vodafone.de unity-mail.de unitybox.de kabelmail.de netcologne.de
        ewe.net ewetel.net alice.de alice-dsl.net alice-dsl.de o2online.de o2mail.de versanet.de
        osnanet.de htp-tel.de m-net.de gmx-topmail.de email.de germanynet.de directbox.com firemail.de
        mail.de systemli.org bluewin.ch hispeed.ch sunrise.ch swissonline.ch quickline.ch vtxmail.ch
        aon.at a1.net chello.at inode.at utanet.at kabsi.at liwest.at
    """,
    "British, Irish, Dutch, Nordic": """
        btinternet.com btopenworld.com bt.com talktalk.net tiscali.co.uk sky.com virginmedia.com
        ntlworld.com blueyonder.co.uk virgin.net plus.com plus.net plusnet.com o2.co.uk orange.net
        freeserve.co.uk wanadoo.co.uk eircom.net eir.ie ziggo.nl kpnmail.nl kpnplanet.nl planet.nl
        hetnet.nl xs4all.nl home.nl casema.nl chello.nl upcmail.nl quicknet.nl online.nl zonnet.nl
        solcon.nl telfort.nl telenet.be skynet.be proximus.be scarlet.be pandora.be voo.be online.no
        frisurf.no getmail.no telia.com tele2.se bredband.net comhem.se spray.se passagen.se home.se
        telenor.dk mail.dk jubii.dk stofanet.dk tdcadsl.dk kolumbus.fi luukku.com elisanet.fi
        saunalahti.fi suomi24.fi simnet.is
    """,
    "French, Italian, Spanish, Portuguese": """
        orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr club-internet.fr
        aliceadsl.fr cegetel.net noos.fr voila.fr caramail.com libero.it virgilio.it tiscali.it alice.it
        tin.it tim.it fastwebnet.it inwind.it iol.it blu.it email.it poste.it vodafone.it teletu.it
        aruba.it pec.it telefonica.net terra.es ono.com jazztel.es movistar.es ya.com sapo.pt
        mail.telepac.pt netcabo.pt clix.pt iol.pt uol.com.br bol.com.br terra.com.br ig.com.br globo.com
        globomail.com r7.com oi.com.br zipmail.com.br prodigy.net.mx speedy.com.ar fibertel.com.ar
        arnet.com.ar ciudad.com.ar
    """,
    "East of them": """
        wp.pl o2.pl onet.pl onet.eu poczta.onet.pl op.pl vp.pl interia.pl interia.eu poczta.fm gazeta.pl
        tlen.pl seznam.cz email.cz centrum.cz volny.cz post.cz atlas.cz azet.sk centrum.sk zoznam.sk
        post.sk freemail.hu citromail.hu t-online.hu indamail.hu abv.bg mail.bg dir.bg mail.ru bk.ru
        inbox.ru list.ru internet.ru ya.ru rambler.ru lenta.ru ro.ru autorambler.ru myrambler.ru ukr.net
        i.ua bigmir.net meta.ua mail.ua tut.by one.lt takas.lt mail.ee hot.ee siol.net net.hr inet.hr
        optinet.hr sbb.rs otenet.gr forthnet.gr in.gr hol.gr mynet.com walla.com walla.co.il
        netvision.net.il bezeqint.net 012.net.il
    """,
    "Asia and the South Seas": """
        qq.com foxmail.com 163.com 126.com yeah.net 139.com 189.cn sina.com sina.cn sohu.com tom.com
        21cn.com aliyun.com vip.163.com vip.qq.com naver.com daum.net hanmail.net nate.com kakao.com
        docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp au.com nifty.com biglobe.ne.jp
        so-net.ne.jp ocn.ne.jp excite.co.jp goo.jp infoseek.jp pchome.com.tw hinet.net seed.net.tw
        singnet.com.sg starhub.net.sg streamyx.com bigpond.com bigpond.net.au optusnet.com.au
        iinet.net.au internode.on.net tpg.com.au westnet.com.au dodo.com.au aapt.net.au ozemail.com.au
        xtra.co.nz slingshot.co.nz orcon.net.nz vodafone.co.nz clear.net.nz mweb.co.za telkomsa.net
        vodamail.co.za webmail.co.za iafrica.com
    """,
    "North America": """
        comcast.net verizon.net att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net swbell.net
        flash.net prodigy.net nvbell.net snet.net wans.net charter.net spectrum.net rr.com twc.com
        roadrunner.com cox.net earthlink.net mindspring.com peoplepc.com centurylink.net centurytel.net
        embarqmail.com q.com qwest.net frontier.com frontiernet.net windstream.net optonline.net
        optimum.net suddenlink.net cableone.net sparklight.com mediacombb.net mchsi.com wowway.com
        rcn.com tds.net hughes.net zoominternet.net epix.net ptd.net atlanticbb.net consolidated.net
        fuse.net insightbb.com knology.net hawaiiantel.net gci.net bell.net sympatico.ca rogers.com
        shaw.ca telus.net videotron.ca cogeco.ca eastlink.ca sasktel.net mts.net
    """,
}
DOMAINS = frozenset(domain for domains in _REGIONS.values() for domain in domains.split())

_SECOND_LEVEL = frozenset({
    "co", "com", "org", "net", "gov", "edu", "ac", "ne", "or", "go", "gob", "govt", "sch", "ltd",
    "plc", "me", "nhs", "id", "in", "asn",
})  # fmt: skip


@lru_cache(maxsize=4096)
def is_free_mail(domain: str) -> bool:
    """Tell whether anybody may have an address in a domain, that is, whether it names no organisation."""
    domain = domain.casefold().rstrip(".")
    if domain in DOMAINS:
        return True
    first, _, rest = domain.partition(".")
    if first in FAMILIES and rest and all(label in _ENDINGS for label in rest.split(".")):
        return True
    return domain.endswith((".rr.com", ".docomo.ne.jp", ".softbank.ne.jp", ".ezweb.ne.jp"))


def registered_label(domain: str) -> str:
    """The label that an organisation chose: "northwind" of mail.northwind.co.uk."""
    labels = [label for label in domain.casefold().split(".") if label]
    if any(label.startswith("xn--") for label in labels):
        labels = [_readable(label) for label in labels]
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        del labels[-2]
    return labels[-2] if len(labels) > 1 else "".join(labels)


def _readable(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
