package app.belay.desktop

import app.belay.core.BelayCoreInterface
import app.belay.core.NewPerson
import app.belay.ui.onboarding.StoreDoor
import java.net.URI

private val LOOPBACK = setOf("127.0.0.1", "localhost", "[::1]")

/**
 * Makes the store for a person who is named on the command line, so that two windows can be shown without
 * typing; a store that is there already is left as it is.
 */
suspend fun begin(arguments: Arguments, door: StoreDoor) {
    val name = arguments.name ?: return
    if (door.exists()) return
    val core = door.create(NewPerson(displayName = name))
    try {
        useRelay(core, arguments.relay)
        // Whoever types --agreed has read the terms of this version and is old enough: it is stated, not assumed.
        if (arguments.agreed) core.agreeToShare(core.agreement().termsVersion)
    } finally {
        core.shutdown()
    }
}

/** Plain HTTP is for a relay on this machine only. */
suspend fun useRelay(core: BelayCoreInterface, relay: String?) {
    if (relay != null) core.setRelay(relay, allowPlainHttp = URI(relay).host in LOOPBACK)
}
