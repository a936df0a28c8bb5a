"""Words of each list that no token ever shows.

Someone has just told what was done to her. The eight words that she then copies by hand, reads aloud and keeps must
not frighten, hurt, shame or accuse her, nor tell whoever finds the note what it is for. So a token is drawn again
while one of these shows: violence, weapons, war, hunting and capture; death, illness and pain; fear and grief; guilt,
shame, blame and lies; insults; sex, marriage, nakedness and parts of the body; people who may have been the ones
(uncle, boss, brother); obeying and being owned; darkness and being alone; courts, police and reporting itself.

When in doubt a word is here. At most a quarter of a list may be (tested), which leaves 76 of the 80 bits. A word may
be added at any time: reading a token asks no such question.
"""

_ENGLISH = """
    abandon absent abuse accident accuse addict affair afraid alarm alcohol alien alley alone anger angry
    anxiety arm armed armor army arrest arrow assault attack avoid awful awkward bachelor bar battle beach
    behave belt betray bind bitter blade blame blast bleak blind blood blush body bomb bone boss bottom boy
    broken brother bullet bunker burden burst cage cancel cannon catch cave chaos chase cheap chest chief child
    cigar claw club coach control couch couple crack crash crawl crazy cream crime cross cruel crumble crush cry
    cute dad damage danger daughter defense defy demand demise denial deny depend despair destroy dirt disagree
    disease dismiss disorder divorce dizzy doll dose drama drastic dress drink dumb embrace enemy enforce erase
    escape evidence evil excite exclude excuse execute exhaust exile expire expose fade faint false fat fatal
    father fatigue fault female fever finger fire fit flame flash flee flush force forget fragile frozen fury
    garbage gasp gaze ghost girl gloom gossip grab grief grunt guard guilt gun hair hammer hand harsh hawk
    hazard head hidden hip hole horn horror horse hospital hotel hunt hurt husband ignore ill illegal illness
    impose inflict inhale inject injury inmate innocent insane invite involve isolate jealous joke judge junk
    kick kid kiss knee knife knock lawsuit lazy leg liar limb lonely love loyal mad maid man manage marriage
    mask master mean meat mercy misery miss mistake mom monster mother muscle must naive nasty neck neglect
    nerve night noise nothing nuclear nurse nut obey oblige obscure offer old organ orphan own owner palm panic
    party patrol penalty perfect pig pill pistol pitch please pluck plunge pole police poverty power predict
    pretty prison private prize promote pull pulse punch purity purse push quit raw razor rebel refuse regret
    reject report resist retreat reveal rib ride rifle riot risk rival romance rough rubber rude sad saddle
    sadness salute satisfy scare scorpion scrap screen script secret shadow shaft shed sheriff shiver shock
    shoot shove shrug shy sick siege silent siren sister skin skirt skull slam sleep slender slice slim snake
    snap soldier sorry spider spike split spread spy squeeze sting stomach strike struggle stumble submit suffer
    suspect swallow swamp swarm swear sweet sword tackle tail tape target tattoo tent throw thumb toilet token
    tongue toss tragic trap trash trial trick trigger trouble ugly uncle uncover undo unfair unhappy upset urge
    useless vanish vicious virus void warfare warrior waste weapon weasel wedding weird wet whip whisper wife
    wild wink witness wolf woman worry wrap wreck wrestle wrist wrong young youth
"""

_FRENCH = """
    abaisser abandon aborder aboyer absence absurde abusif abyssal accabler accroche accuser acerbe affreux
    affubler agacer alarmer alerte amertume amour anarchie anéantir angoisse anormal anxieux armature armement
    armure arracher arsenic assaut asservir asticot atroce attaque attraper aveugle avouer bafouer bataille
    besogne bétail bistouri bizarre blafard blessant blinder bobard boxeur brasier broyeur brusque brutal
    bustier cachette calibre calomnie calvaire canon caporal carabine caresser carnage cassure caverne cellule
    censurer cercle cerner cerveau chagrin chambre chasseur chemise chien chute clameur cobra cogner coincer
    colère colonel combat corbeau cortège coude coupure couteau crainte crier crotale cruel cupide cyanure
    cynique danger débattre débrider déchirer défensif déglutir dégrafer démolir dénuder déranger dérober
    désastre désobéir détester détresse diable docile doigt dompter donjon dortoir duperie durcir écarter
    écraser effacer effrayer égarer éjecter embryon emprise enfermer enfouir enjamber enlever ennemi ennuyeux
    entraver envahir épaule épidémie épier épitaphe épreuve éprouver épuisant erreur esquiver éteindre étourdir
    étrange évasion éviter excitant excuse exécuter exhaler exigence exiler faiblir farouche fatal fatigue
    fautif féconder femme fémur fendoir féroce filature fissure flasque flatteur fléau flèche folie forcer
    fouiller foulure fragile frapper frayeur frelon frémir frénésie frère friction frisson froid frotter fugitif
    fuite fureur furieux furtif gendarme genou gibier gicler glaive glisser gorge gouffre griffure griller
    grogner gronder gruger guerrier hachoir harpon hématome honneur honteux horde horrible housse hurler hypnose
    illicite immobile implorer imposer imputer incendie infliger ingérer inhaler inhiber injecter injure
    innocent insulter intime intrigue inutile invasion ironique irriter isoler ivresse jambe javelot jetable
    jouissif jugement jupon juriste juvénile labial lacérer lambeau larme ligoter litige lourd louve lubie
    lugubre lutter maigre malaxer maléfice malheur malice manquant marteler matraque maudire maussade méchant
    membre menacer mensonge missile moelleux monstre moqueur morsure mortier munition muscle naufrage néfaste
    négation négliger nerveux nocif nocturne noirceur nuire nuisible nuptial nuque obéir obliger obscur odeur
    odorant offenser officier ogive ombrage onctueux opprimer organe orgueil orifice ossature outil outrager
    palper paniquer patron pénétrer pénible pénurie perforer perte phobie pipette piquer pleurer plonger
    policier posséder poumon pouvoir prison priver proie psychose punaise punitif querelle quitter raideur
    rasage ravager réanimer redouter rejeter renifler renoncer reptile requin retenir revanche révolte révulsif
    rigide riposter risible risque rival romance rompre ruiner ruser saboter sabre saisir salive sanction
    sanglier sarcasme sauvage scalpel scandale scélérat secouer sécréter sédatif séduire seigneur semence
    séminal sergent sévir sevrage sextuple siffler silence sinistre soldat solitude sombre sommeil sorcier
    sottise sternum stupeur suiveur supplier sursaut survie suspect taquiner témoin tenaille tension terrible
    tétine thorax tituber tordre torpille torse toucher toxine tragique trahir trancher tribunal tumulte tyran
    urticant usure vaincre vampire vaseux venger venimeux ventouse verrou verser vertu vexant vexer viande
    vilain violon vipère virus viseur visqueux vorace
"""

_SPANISH = """
    abdomen abogado aborto abrazo abuso acoger acoso acusar adicto agitar agonía agotar aguja ahogo aislar
    alacrán alarma amante amargo amor anemia araña arder ardilla arpón asalto asno ataque atar atroz ausente
    azote baba baño batalla besar beso bestia bicho bobo boca bomba borrar bozal brazo bruja brusco bruto bulto
    burla burro cadáver cadena caer caída calvo cama cáncer capucha cárcel carne celda celoso cerdo chupar ciego
    cita coger cojo cola colgar combate cráneo crimen cripta crisis crudo cruz cuello culebra culpa cuneta dama
    dardo débil dedo delito derrota deseo desnudo detener deuda diablo difícil dolor dormir droga duda duelo
    dueño dureza duro ebrio echar enano enemigo enfado enfermo engaño espada espía esposa evadir excusa exigir
    exilio falda fallo falso fatiga feo feroz fiebre fiera fobia forzar fosa fracaso fraude fuego fuerza fuga
    furia fusil gemir golpe gordo grasa grieta grito guerra gusano hacha hembra herir hígado hocico hombre
    hostil hoyo hueso huir hundir hurto ilegal imponer incapaz inerte infiel insecto íntimo inútil ira jaula
    jefe jeringa joroba joven juez juicio jurar juzgar labio lacra ladrón lágrima lamer lanza lástima látex
    latir lengua lesión letal lidiar llaga llanto llorar lobo loco locura lomo lucha luto macho mafia maldad
    malo mamá manco mando mano marido matar mejilla miedo miembro miseria misil mojar morder morir mortal muerte
    mugre mujer multa muslo náusea necio negar noche novio nuca nudo nulo obeso oculto odiar odio ofensa ogro
    olfato olvido ombligo orgía oscuro óvulo padre pálido palma palpar pánico papá parir pecado pecho pegar
    pelea peligro pellejo pelo pena peor perder perro pésimo pezuña pierna piojo pisar pitón pobre poder policía
    polvo poseer potencia preso prisión privar prueba pudor pulga pulso puñal puño pupa queja quemar quieto
    quitar rabia rabo rapaz rapto rebaño rechazo recto red rehén reja rencor rendir res riesgo rigor rodilla
    romper ronco ropa rudo rugir ruina ruptura sable sanción sangre satán secreto secta severo sexo silencio
    soledad soltar sombra sordo sótano sudor suegra sufrir sujeto susto tabú tacto temor terror testigo tiburón
    tieso timo tío tirón tocar tonto tórax torpedo torso tóxico tráfico trago trauma tripa triste tropa tuerto
    tumba tumor úlcera uña urna vaina vampiro varón vejez vena vencer veneno vengar vicio víctima viejo vil
    violín virgo virtud viudo vulgar yacer yerno zanja zorro
"""

_RUSSIAN = """
    авария арест армия атака атомный бандит беженец бездна бешеный битва боец бомба борьба босой бояться брак
    бред броня бросить брюки брюхо бунт буря бюст вдова ведьма взрыв визг вина вирус висок владелец власть
    внушать воевать война войско волчий вопль вредный всадник вскрыть выгнать выкуп выпить выслать вязать вялый
    гарнизон генерал гладить глоток глупый глухой гнев гнилой голый горло горький гримаса грозить грохот грубый
    грудь грязный губа давление держать дерзкий дефект дикарь дитя добыча донос досада драка дрожать дурной духи
    душный дуэль дыра дыхание дядя жадный жажда жалеть жалоба жгучий желание желудок жена женщина жертва жулик
    жуткий загнать заговор задеть задний залезть залп замуж запястье засада застать затвор затылок захват злой
    змея зрачок игла избить извлечь изгнать изоляция инвалид интрига инфаркт инцидент испуг клетка кличка кнут
    кобура кожа колено колючий кража кризис кричать кровь крокодил крушение кулак лапа лгать лежать лезвие лезть
    лихой лицо лишить ложь локоть лукавый лысый любить лютый мальчик мама милиция мишень могучий мозг мокрый
    молодой молчать монстр мораль мрачный мстить мужество мужчина мундир мусор муха мышца мясо наглый надзор
    наедине назло наивный напасть невеста негодяй недуг нежный нелепый нельзя немой нервный неудача нищий нога
    ноготь ноздря ночь обезьяна обжечь обморок оборона обрыв обыск обязать овраг окоп опасный опухоль орган
    оружие осколок осмотр отказ офицер охота охрана ошибка падать пазуха палец паника патрон паук пахнуть пепел
    петля печень плакать пленный плечо плохой погреб подделка поджать позор поймать полк порыв постель поцелуй
    прах прижать приказ прицел прощать пугать пуля пухлый пушка пылать пятно разбить разрыв ракета распад
    рвануть рваться ребро реветь резать резина резко ремень ржавый риск робко рождение розыск рубить рука
    рухнуть сбить свадьба свинья свист сдаться секрет сжатый сжечь синяк скандал скелет скосить скудный слабый
    след слеза слепой сломать слюна смутный смущать снайпер снаряд снять соблазн солдат соперник сорвать спальня
    спина ссора старый стереть стонать стопа ступня стыдно судить сумрак супруг суровый сыщик тайна талия
    таракан тащить тварь темнота теневой терзать терпеть терять тесный толстый толчок топить топор тормоз
    торчать тощий траншея тревога трепет треск трещина трогать тронуть туловище тупик убежать убогий уволить
    угроза угрюмый удар украсть укусить унижать унылый упасть упрек урна уронить ущерб хватать хвост хищник
    хмурый хозяин храбрый хребет хрен хрипло худший хулиган цензура цепной челюсть червь чердак чужой чулок чума
    шептать шинель шпион шприц штаны штраф штурм штык щека юбка юность юрист юстиция ядро язык яйцо ярость
"""

_CHINESE_SIMPLIFIED = """
    体性军情强干战压争证打身斗叫断难毛按病失死推罪告落案武爱害兵判黑犯击输夫跟吸射独否敌绝诉错苦夜刑母皮
    察烧搞侵酒误审脱肥父血攻乱矛杀药伯迫沉假脸困怕肉衣伤操抓裂呼娘威鸡危哥露滑夺灭裁险枪虫弹湿暗床恶刀毒
    硬抽阴追爸猪偏爷惊痛骨监捕暴割亡炮残妇警男败剥禁废婚嘴插藏姑腐奴喷爆腿勒逃擦刺秘睡炸泪拖隶怪膜违腰拍
    喊罚欲鬼污奶灾讼抱毁爹赤哭虎隐抢兄悲恐贴妻扰吊婆抚臂摸胸弃乳烂迷踏呆怒侦狂锁恨霸逆鸭卵漏胁牢叛蚀拒棒
    逼扭挺勃狗骂勾丈咬叔撞骗孤疾狠霉衰盗脏肌伪茎酷偷弓锥鼻狱逮骤尸瘦丧扑忧肚捉欺郎揉歪丢慌凶诬昏刮惨仇剑
    罩胎砍疯嫂箭肠疫哀钩痕祸吞怨矮
"""

# Chinese characters are words of their own, so these stand without spaces.
AVOID: dict[str, frozenset[str]] = {
    "english": frozenset(_ENGLISH.split()),
    "french": frozenset(_FRENCH.split()),
    "spanish": frozenset(_SPANISH.split()),
    "russian": frozenset(_RUSSIAN.split()),
    "chinese_simplified": frozenset("".join(_CHINESE_SIMPLIFIED.split())),
}
