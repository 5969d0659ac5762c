package app.belay.ui.help

import app.belay.core.BelayCoreInterface
import app.belay.core.CountryView
import app.belay.core.HelpNowView
import app.belay.core.helpNowLocked

/** Where the Help page has its numbers from. Both ways read this device only, and neither notes that it was opened. */
interface HelpSource {
    /** Belay is locked: own people are shown only where the person agreed to that. */
    val locked: Boolean

    /** The page for the device's [region]. */
    suspend fun page(region: String?, language: String): HelpNowView

    /** The page for a country the person picks. */
    suspend fun pick(code: String, language: String): HelpNowView

    /** Keeps the country for the next time, where there is a place for that. */
    suspend fun keep(code: String) = Unit

    /** The countries of which something is known. */
    fun countries(): List<CountryView> = app.belay.core.countries()
}

/** The page of an open store; a picked country is kept in the settings. */
class OpenHelp(private val core: BelayCoreInterface, private val today: () -> String) : HelpSource {
    override val locked: Boolean = false

    override suspend fun page(region: String?, language: String): HelpNowView = core.helpNow(region, language)

    override suspend fun pick(code: String, language: String): HelpNowView {
        val page = core.helpNow(code, language)
        if (page.chosenCountry == null || page.chosenCountry == code) return page
        // One that was kept before counts more than a hint; this one is looked up now, whether it can be kept or not.
        val picked = helpNowLocked("", code, language, today())
        return picked.copy(own = page.own, ownShownWhileLocked = page.ownShownWhileLocked, chosenCountry = code)
    }

    override suspend fun keep(code: String) = core.setHelpCountry(code)
}

/**
 * The page while the store is locked or cannot be opened: one small file of the folder [dir], if the person agreed
 * to it, and the built-in table. It writes nothing.
 */
class LockedHelp(private val dir: String, private val today: () -> String) : HelpSource {
    override val locked: Boolean = true

    override suspend fun page(region: String?, language: String): HelpNowView =
        helpNowLocked(dir, region, language, today())

    override suspend fun pick(code: String, language: String): HelpNowView =
        helpNowLocked(dir, country = null, language, today(), lookedUp = code)
}
