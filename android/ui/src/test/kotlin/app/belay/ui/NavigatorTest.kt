package app.belay.ui

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class NavigatorTest {
    private val everyRoute = listOf(
        Route.Today, Route.CheckIn(), Route.CheckIn("2026-03-03", "ab"), Route.Journal,
        Route.JournalMonth(
            "2026-03"
        ),
        Route.JournalEntry("ab"), Route.JournalEditor(), Route.JournalEditor("ab", "2026-03-03"),
        Route.SharePassage(
            "ab"
        ),
        Route.SharePassage(
            "ab",
            3,
            9
        ),
        Route.JournalEditor("ab", null, 7), Route.JournalDeleted, Route.JournalSearch, Route.EntryHistory("ab"),
        Route.Goals, Route.Goal("ab"), Route.GoalEditor, Route.GoalEdit("ab"), Route.GoalsAway,
        Route.People, Route.Partner("cd"), Route.WhatTheySee("cd"), Route.BoundaryCard("cd"), Route.CompareWords("cd"),
        Route.Pair, Route.PairTogether, Route.PairApart, Route.EnterInvitation, Route.OpenInvitation("ef"),
        Route.Agreement, Route.Settings, Route.RelaySettings, Route.OwnDevices, Route.Nearby, Route.Bundle,
        Route.RecoveryWords, Route.ComeBack, Route.NewWords, Route.Pieces, Route.SelfCheck,
        Route.DeleteEverything, Route.HelpNow, Route.TrustedPeople, Route.GroundingSteps
    )

    @Test
    fun `back leaves a screen, then goes to Today, then out of the app`() {
        val navigator = Navigator()
        navigator.show(Tab.GOALS)
        navigator.go(Route.Goal("ab"))
        assertTrue(navigator.back())
        assertEquals(Route.Goals, navigator.current)
        assertTrue(navigator.back())
        assertEquals(Route.Today, navigator.current)
        assertFalse(navigator.back())
    }

    @Test
    fun `each place keeps its own screens, and a second tap goes to its beginning`() {
        val navigator = Navigator()
        navigator.go(Route.CheckIn())
        navigator.show(Tab.PEOPLE)
        assertEquals(Route.People, navigator.current)
        navigator.show(Tab.TODAY)
        assertEquals(Route.CheckIn(), navigator.current)
        navigator.show(Tab.TODAY)
        assertEquals(Route.Today, navigator.current)
    }

    @Test
    fun `every route survives the end of the process`() {
        for (route in everyRoute) assertEquals(route, routeOf(route.saved()))
        val navigator = Navigator()
        navigator.go(Route.CheckIn(edit = "ab"))
        navigator.show(Tab.JOURNAL)
        navigator.go(Route.JournalEditor(on = "2026-03-03"))
        val again = Navigator(navigator.saved())
        assertEquals(navigator.current, again.current)
        again.back()
        again.show(Tab.TODAY)
        assertEquals(Route.CheckIn(edit = "ab"), again.current)
    }

    @Test
    fun `what another version saved is passed over`() {
        val navigator = Navigator(listOf("NOWHERE", "TODAY hologram check-in||", "PLANETS mars", "", "GOALS goal|"))
        assertEquals(Route.CheckIn(), navigator.also { it.show(Tab.JOURNAL) }.also { it.show(Tab.TODAY) }.current)
        navigator.show(Tab.GOALS)
        assertEquals(Route.Goals, navigator.current)
    }

    @Test
    fun `what is gone is taken out wherever it stands`() {
        val navigator = Navigator()
        navigator.show(Tab.GOALS)
        navigator.go(Route.Goal("ab"))
        navigator.go(Route.GoalEditor)
        navigator.drop(Route.Goal("ab"))
        navigator.back()
        assertEquals(Route.Goals, navigator.current)
    }
}
