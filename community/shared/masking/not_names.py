"""Words that are not people's names though they stand where a name could: ordinary words, places, peoples."""

from community.shared.masking.view import words

PLACE_NOUNS = words(
    """road rd street st avenue ave lane close gardens way drive court house estate park green square hill heath school
    primary academy college university centre center library station market church mosque temple hospital surgery clinic
    pharmacy pub bridge roundabout ward grove crescent place terrace walk mews row village town fields field common
    playground leisure nursery hall tower point parade gate corner junction stadium theatre high secondary infants
    junior catholic wood woods cross bay yard works store stores shop cafe bakery chicken line palace"""
)
"""A name before one of these is a place: "Robert Clack School"."""

PUBLIC_NAMES = frozenset(
    {"robert clack", "jo richardson", "sydney russell", "eric gill", "james campbell", "george carey", "thomas arnold",
     "william bellamy", "richard alibon", "henry green", "harold hill", "john perry", "marks gate", "martins corner",
     "morgan stanley", "marks", "harry potter", "john lewis", "st george", "jack petchey", "billy elliot"}
)  # fmt: skip
"""Schools, shops and the like of the borough that are named after people."""

THINGS_CALLED = words(
    """place shop park road street school pub cafe area estate app game website site charity group service gang band
    song film movie bus station club restaurant market library block building company takeaway scheme bar dog cat one it
    something"""
)

NOT_NAMES = words(
    """
    a about above across actually afraid after again against age ago all almost alone along already also always
    am among an and angry annoyed another any anxious anyone anything anyway are area around as asian ask asked
    at attacked away back bad be because been before being being below best better between big black both boys
    british but by can can't cant change christian come coming could crime crying day days dead did didn't
    different disabled disgusted do does doesn't doing don't done dont down drunk due during each early east
    either else english enough even every everyone everything everywhere fed feeling feel felt female few fine
    first followed for free friday from fully gay general getting get girl give glad go goes going gone good got
    gonna great guy had half happy has hate have having he hello help her here hers hi him his home homeless
    honest hope hot how however i i'd i'll i'm i've if ill in inside instead into is isn't it it's its jewish
    just kept kid kids know last late later least left less let like living local lol lonely long look looking
    lost lots love made make male man many may maybe me men might mine mixed monday more most mostly much mum
    dad muslim must my myself near nearly need nervous never new next nice night no nobody none normal not
    nothing now obviously of off often ok okay old on once one only open or other our out outside over own
    people perhaps person please polish police poor probably pretty quite rather really ready resident romanian
    pakistani bangladeshi indian nigerian somali african caribbean albanian lithuanian bulgarian turkish arab
    chinese european irish scottish welsh white brown trans lesbian bisexual queer straight sikh hindu buddhist
    catholic robbed mugged stabbed beaten hurt scared sad same saturday saw say says scary school second see
    seen self sent she should since single sitting small so some somebody someone something sometimes soon sorry
    standing still stop stuck student such sunday sure take talking terrified than thank thanks that that's the
    their them then there there's these they they're thing think this those though threatened three thursday
    tired to today together told tomorrow too took totally trying tuesday two under unable unhappy unsafe until
    up upset us used using usually vulnerable waiting walking wants want was wasn't watching we wednesday well
    went were what what's when where which while who whole why will wish with without woman women won't work
    working worried would wrong year years yes yesterday yet you young your yours

    barking dagenham becontree london england britain uk essex romford ilford newham redbridge havering
    stratford upminster rainham thames thamesmead gascoigne eastbury parsloes mayesbrook goresbrook whalebone
    heathway chadwell valence alibon longbridge northbury abbey riverside village creekmouth beckton abbeys
    castle greenway ripple axe linton vicarage east west north south central upney hornchurch asda tesco lidl
    aldi iceland sainsbury sainsburys morrisons boots greggs mcdonalds mcdonald's kfc nando's nandos costa
    starbucks primark argos wilko poundland vue wetherspoons facebook instagram snapchat tiktok whatsapp google
    youtube childline samaritans crimestoppers refuge nhs tfl elizabeth-line district overground c2c underground
    january february march april june july august september october november december ramadan eid christmas
    diwali easter god allah jesus covid brexit islam islamic council parliament mps mp mayor met safe haven
    havens names

    names racist slur slurs bitch slag idiot ambulance cops security mental crazy stupid ugly fat again round
    over sister's brother's friend's teacher's officer office please
    """
)
"""Lower case. Never taken for a name, unless the same word is a sure first name."""
