"""First names, written down by us, for finding names in free words. Far from all; a person reads as well.

SURE: words that are hardly ever anything else, masked wherever they stand. MAYBE: names that are also words or places,
masked only where the sentence says that a name comes, or before a surname.
"""

from community.shared.masking.view import words

SURE = words(
    """
    aaliyah aaron abbas abby abdi abdirahman abdul abdulla abdullah abigail abraham adam adanna adebayo adeel adil
    adnan adrian adriana afzal agnieszka ahmad ahmed aisha aishah akash akeem akua alan albert aleksander aleksandra
    alessia alex alexander alexandra alexandru alexia alfie ali alice alicja alina alisha alison alistair aliyah
    allison amara amelia amina aminah amir amira amit amrit amy ana anas anastasia andre andreea andrei andrew
    andrius andrzej aneta angela anika anil anisa anita anna annabel anthony antonio anwar anya aoife archie arjun
    arslan arthur arturo asad asha ashley ashraf asif asma audrey aurimas avni awais ayaan ayan ayesha ayo ayomide
    azeem aziz babajide babar barbara bartosz beata ben benjamin bernard bethany bianca bilal bogdan boris bradley
    brandon brenda brian bronislaw bruno caitlin callum cameron camilla carlos carol caroline catalin catherine
    cerys chantelle charles charlie charlotte chiara chidi chinedu chioma chris christina christine christopher
    ciara claire clara claudia cleo colin connor constantin cory courtney craig cristian cristina curtis damian
    damilola daniel daniela danielle danny darius darren dave david deborah declan deepak denisa dennis derek
    desmond diana diego dimitri dominic dominik donna donovan doreen dorota dorothy douglas dumitru duncan dylan
    ebony ebrima edith edward edwin efe eileen elaine eleanor elena eli elias elijah elizabeth ella ellen ellie
    elliot elsie emeka emil emilia emily emma emmanuel emre enrique eoin eric erin esther ethan eugene eva evelyn
    evie ewa ezra fahad fahim faisal farah farhan farida farooq fatema fatima fatimah fatma fatou felicia felix femi
    fernando fiona florin folake fraser freddie frederick freya gabriel gabriela gareth gary gavin gemma geoffrey
    george georgiana gerald geraldine gheorghe gillian gina giovanni giulia gloria gordon graham grzegorz gurpreet
    habiba hadiya hafsa haider hakim halima hamid hamza hana hanna hannah haris harjit harley haroon harpreet
    harriet harrison harry haseeb hashim hassan hayley heather hector helen helena henry hibo hilary hina howard
    hugo humaira humza hussain hussein iain ian ibrahim idris ifeoma ifrah iftikhar ignacy igor ikram ileana ilyas
    imani imogen imran inaya ines ingrid ioana ionut iqra irena irene irfan irina isa isaac isabel isabella isabelle
    isaiah isha ishaan isla ismail isobel israr ivan iwona izabela jacek jacob jacqueline jagdeep jaime jakub jamal
    james jamie jana jane janet janice janusz jared jarek jasmin jasmine jason jaspreet javed javier jayden jayne
    jeffrey jelena jenna jennifer jenny jeremiah jeremy jerome jerzy jesse jessica jessie joan joanna joanne joel
    johan john johnny jolanta jonah jonas jonathan jose josef joseph josephine josh joshua juan judith julia julian
    julie junaid jurgita justyna kacper kadija kai kamal kamila kamran kareem karen karim karina karl karolina
    kashif kasia katarzyna kate katherine kathleen kathryn katie katrina kayleigh kazimierz keira keisha keith
    kelechi kelly kelvin kemi kenneth kenny kerry kevin keziah khadija khadijah khalid khalil kiera kieran kimberley
    kinga kiran kirsty kofi kojo krishna krisztina krystyna krzysztof kudzai kulwinder kwabena kwame kyle kyra
    lachlan laila lakshmi lamar larisa larissa latifah latoya laura lauren laurentiu lawrence layla leah leanne
    leila lena leon leonard leroy leslie lewis leyla liam lidia liliana linda linh lisa liviu lorraine louis louisa
    louise lucas lucia lucian lucy luis luka lukasz luke lydia lynne maciej madeleine madison magdalena mahdi mahira
    mahmood mahmoud maisie malachi malcolm maleeha malgorzata malik mandeep mantas marcel marcin marco marcus marek
    margaret maria mariam marian mariana marie marilyn marina mario marion marius marta martha martin martyn maryam
    marzena mateusz matilda matteo matthew maureen maurice maxim maximilian maya małgorzata mehmet mehwish melanie
    melissa michael michaela michal michał michelle mick miguel mihaela mihai mihail mike mikolaj mila milan millie
    mindaugas miriam mirza misbah mitchell mohamed mohammad mohammed mohamud mohsin moira molly monika monique
    morgan moses muhammad muhammed mujtaba muna munir muriel musa mustafa myles nabeel nadia nadine naeem nafisa
    naima naomi narinder naseem nasir nasra nasreen natalia natalie natasha nathan nathaniel naveed nazia neil nia
    niamh nicholas nicola nicolae nicole nigel nikita nikola nimra nina njoroge noah noel noor nora norman nusrat
    oana obinna octavian odette okafor oksana oliver olivia olu olumide oluwaseun omar omari omer oscar oskar osman
    owen oyin pamela parveen patricia patrick patrycja paul paula pauline pavel pawel paweł pedro penelope peter
    petra petru philip phillip phoebe phyllis pierre piotr priya przemek rabia rachel radoslaw rafael rafal raheem
    rahim rahul raisa raja rajesh raluca ramesh ramona ramunas rania raphael rashid rashida raul raymond razvan
    rebecca reece reggie rehan rehana renata reuben rhiannon rhys ricardo richard rihanna riley rimsha rishi rita
    riya rizwan robert roberto rohan roisin ronald ronnie roxana ruben rubina rukhsana rupert ruqayyah ruta ryan
    ryszard saad saba sabina sabrina sadia sadiq safa safiya sahar sahil saif saima sajid sakina salim sally salma
    salman sam samantha samina samir samira samson samuel sana sandeep sandra sanjay santiago sara sarah sasha saul
    sean sebastian selina serena sergiu shabana shabir shafiq shahid shahida shakira shamima shanice shannon sharon
    shaun shauna shazia sheila shelley shirley shivani shreya sidra silvia simon simona simran sinead slawomir sofia
    sohail sonia sophia sophie stacey stanislaw stefan stefania stelian stella stephanie stephen steve steven stuart
    sukhdeep sulaiman suleiman sultana sumaiya suresh susan susanna suzanne svetlana sylvia szymon tabitha taha
    tahir talha tamar tamara tamika tanisha tanveer tanya tariq tatiana tayyab tayyaba temitope terence teresa tess
    thabo thandi thea theo theodore theresa thomas tiago tiffany timothy tinashe tobias toby tom tomas tomasz tommy
    tracey tremaine trevor tristan tunde uchenna umair umar umer urszula usman vaidas valentina valeria vanessa
    vasile vaughan veronica veronika vijay viktor vilma vincent viorel vivek vivian vlad vladimir waleed walter
    waqar waqas warsame wendy wesley wiktor wiktoria wilfred william wioletta xavier yahya yara yasin yasir yasmin
    yasmina yassin yetunde yolanda yosef younis yousef yousuf yusra yusuf yvette yvonne zac zach zachary zahid zahra
    zainab zakariya zakir zara zayn zeeshan zeinab zoe zofia zohra zsofia zubair zuzanna łukasz żaneta ștefan
    """
)

MAYBE = words(
    """
    abbie adele alfred ally alma amber andy angel ann anne annie april art ash aurora austin ava barry basil beau
    becky begum belle beth betty bibi bill billy blake blessing blue bob bonnie brad brook brooke bruce buddy
    candice carl carmen casey cassie chad chance charity chase chelsea chester chloe christian christy chuck clark
    cliff clive clyde crystal daisy dale dan dana dawn dean dee del destiny dex dick dolly don drew dwayne earl eden
    elle ernest eve faith fay flora florence ford fran frances francis frank fred gail gene georgia gil gill ginger
    glen grace grant greg guy hal hazel hope hunter ion iris ivy jack jackie jackson jade jake jan jas jay jaz jean
    jeff jem jess jet jewel jill jim jimmy jo jodie joe jon jonny jordan joy joyce jude judy june justin kane kaur
    kay kaya ken kent kenya khan kim king kingsley kit kitty lacey lance layton lee len leo les lex libby lil lily
    lincoln lindsay lloyd logan lola london lorna love luna mae malia marc marcia marge mark marley marsh marshall
    mary mason matt maud max may mel melody mercy mia micah miles milly milo minnie mo mohan mona moon myra nat neal
    nell nelson nick nicky nita norma nova oakley olive ollie opal paris parker pasha pat patience pax pearl peggy
    penny percy pete phil piper pippa poppy porter precious preston prince priscilla queen quinn raj ralph ray reed
    reese reg rene rex rich rick ricky river rob robbie robin rocky rod rodney roger roman ron rory rosa rose rosie
    ross rowan roy ruby rudy russ russell rusty ruth sage sal sandy scarlett scott sergio seth shah shane shaw shay
    shea sid sienna singh sky skye skylar sonny spencer stan star storm sue summer sunny sydney tai tara tash tasha
    taylor ted teddy terry tia tiana tim tina tobi todd tony tracy trent trinity troy ty tyler tyrese tyrone val van
    vera vic vicky victor victoria viola violet virginia wade wayne whitney will willow wren zack zak zane zee
    """
)
