package app.belay.ui.help

import app.belay.ui.Route
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots

/** The pictures of Help now. */
val helpShots: List<Shot> = listOf(
    Shots.app("help", { HelpCore() }, Route.HelpNow),
    Shots.app("help-people", { HelpCore() }, Route.HelpNow, Route.TrustedPeople),
    Shot("help-locked") { shell ->
        HelpScreen(shell, HelpModel(shell, FakeHelp(helpPage(own = emptyList()), locked = true), shell.scope) {}, {})
    },
    Shot("help-countries") { shell ->
        HelpScreen(shell, HelpModel(shell, FakeHelp(helpPage()), shell.scope) {}.apply { pick() }, {})
    },
    Shot("grounding") { shell -> GroundingScreen(shell, GroundingModel(someSteps).apply { next() }, {}) }
)
