package app.belay.ui.help

import app.belay.core.CountryView
import app.belay.core.CrisisLineView
import app.belay.core.GroundingStepView
import app.belay.core.GroundingView
import app.belay.core.HelpNowView
import app.belay.core.LineChannel
import app.belay.core.LineConfidence
import app.belay.core.LineFor
import app.belay.core.TrustedChannel
import app.belay.core.TrustedPerson
import app.belay.core.TrustedPersonView
import app.belay.ui.testkit.FakeCore

/** Made-up lines: pictures and tests must never be taken for numbers to call. */
fun line(
    organisation: String,
    address: String,
    channel: LineChannel = LineChannel.CALL,
    lineFor: LineFor = LineFor.ALL,
    forWhom: String = "all",
    hours: String? = "24/7",
    sourceDate: String? = "2026-06-02",
    readWithCare: Boolean = false
): CrisisLineView = CrisisLineView(
    organisation = organisation,
    lineFor = lineFor,
    forWhom = forWhom,
    channel = channel,
    address = address,
    dial = address.filter(Char::isDigit).takeIf { channel == LineChannel.CALL },
    textTo = address.filter(Char::isDigit).takeIf { channel == LineChannel.TEXT },
    textWord = address.substringBefore(" to ", "").ifEmpty { null }?.takeIf { channel == LineChannel.TEXT },
    hours = hours,
    languages = "Examplish",
    sources = listOf("https://first.example/help", "https://second.example/lines"),
    sourceDate = sourceDate,
    confidence = LineConfidence.TWO_AGREEING,
    checkedOn = "2026-02-20",
    readWithCare = readWithCare
)

/** One of the own people. */
fun person(name: String, address: String, note: String? = null): TrustedPersonView =
    TrustedPersonView(name, TrustedChannel.CALL, address, address.filter(Char::isDigit), note)

/** Steps to ground oneself. */
val someSteps: GroundingView = GroundingView(
    "en",
    reviewed = false,
    steps = listOf(
        GroundingStepView("Put both feet on the floor.", "Press them down. Notice what is under them."),
        GroundingStepView("Breathe out slowly. Then again.", "Longer out than in. No need to count."),
        GroundingStepView("Say where you are and what day it is.", null)
    )
)

/** The page of a made-up service in a real country. */
fun helpPage(
    own: List<TrustedPersonView> = listOf(
        person("Mira", "030 000 1234", "also at night"),
        person("Jonas next door", "030 000 5678")
    ),
    shownLocked: Boolean = false,
    country: CountryView? = CountryView("DE", "Germany")
): HelpNowView = HelpNowView(
    own = own,
    ownShownWhileLocked = shownLocked,
    country = country,
    chosenCountry = null,
    emergency = listOf(
        line("Example emergency", "000", lineFor = LineFor.EMERGENCY, forWhom = "emergency", hours = null)
    ),
    lines = listOf(
        line("Example listening line", "0000 111 0111"),
        line("Example text line", "HELLO to 00000", LineChannel.TEXT, hours = null, readWithCare = true),
        line("Example chat", "https://chat.example", LineChannel.CHAT, hours = "daily 16–23", sourceDate = null)
    ),
    more = listOf(
        line(
            "Example youth line",
            "0000 222",
            lineFor = LineFor.YOUTH,
            forWhom = "youth up to 26",
            sourceDate = "2026"
        )
    ),
    directory = listOf(line("Example directory", "https://directory.example", LineChannel.WEB)),
    hiddenAsOld = 0u,
    grounding = someSteps
)

/** A source that shows [page] and remembers what was asked. */
class FakeHelp(private val page: HelpNowView, override val locked: Boolean = false) : HelpSource {
    val picked = mutableListOf<String>()

    override suspend fun page(region: String?, language: String): HelpNowView = page

    override suspend fun pick(code: String, language: String): HelpNowView {
        picked += code
        return page.copy(country = CountryView(code, code))
    }

    override fun countries(): List<CountryView> =
        listOf(CountryView("DE", "Germany"), CountryView("AT", "Austria"), CountryView("ES", "Spain"))
}

/** A core that has [page]. */
open class HelpCore(var page: HelpNowView = helpPage()) : FakeCore() {
    val saved = mutableListOf<List<TrustedPerson>>()

    override suspend fun helpNow(country: String?, language: String): HelpNowView = page

    override suspend fun saveTrustedPeople(people: List<TrustedPerson>) {
        saved += people
    }

    override suspend fun setOwnPeopleShownLocked(shown: Boolean) {
        page = page.copy(ownShownWhileLocked = shown)
    }
}
