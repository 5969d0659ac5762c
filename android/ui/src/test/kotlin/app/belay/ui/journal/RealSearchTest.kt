package app.belay.ui.journal

import app.belay.core.NewEntry
import app.belay.core.NewGoal
import app.belay.core.Schedule
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Searching a real journal. */
class RealSearchTest {
    @Test
    fun `words in any script, tags, moods, goals and days find their entries, and marks stand where they are`() =
        RealStore().use { store ->
            val core = store.create("Mira")
            val services = testServices(core, testShell(clock = store.clock))
            runBlocking {
                val goal = core.addGoal(NewGoal(title = "A \"quiet\" walk", schedule = Schedule.Daily, why = null))
                core.writeEntry(
                    NewEntry(
                        text = "Wir gingen über die Brücke zum See.",
                        on = "2026-02-27",
                        tags = listOf("what helped"),
                        mood = 4u,
                        goals = listOf(goal.name)
                    )
                )
                core.writeEntry(NewEntry(text = "今日は湖まで歩いた。", mood = 2u))
            }
            val model = SearchModel(services, services.scope)
            fun finds(count: Int) = until { !model.looking && model.found?.entries?.size == count }

            model.type("brucke")
            finds(1)
            val snippet = checkNotNull(model.found).entries.single().snippet
            assertEquals(listOf("Brücke"), snippet.parts.filter { it.found }.map { it.text })

            model.type("湖")
            finds(1)
            model.type("")
            model.toggleTag("what helped")
            finds(1)
            model.toggleGoal("A \"quiet\" walk")
            finds(1)
            model.until("2026-02-01")
            finds(0)
            model.widen()
            model.toggleMood(2)
            model.toggleMood(4)
            finds(2)
            model.type("mood:9")
            until { model.problem?.code == "invalid-input" }
            assertTrue(model.asked.text == "mood:9" && model.found != null)
            runBlocking { core.shutdown() }
        }
}
