package app.belay.ui

import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.testServices
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class LoaderTest {
    private val core = FakeCore()
    private val services = testServices(core)
    private val scope = CoroutineScope(Job() + Dispatchers.Unconfined)
    private var calls = 0

    @Test
    fun `it loads at once, and again when one of its areas is stale`() {
        val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) { ++calls }
        assertEquals(Loadable.Ready(1), loader.state)
        core.changed(ChangeArea.JOURNAL)
        assertEquals(1, calls)
        core.changed(ChangeArea.JOURNAL, ChangeArea.GOALS)
        assertEquals(Loadable.Ready(2), loader.state)
    }

    @Test
    fun `changes while it loads become one load more`() {
        val gate = CompletableDeferred<Unit>()
        val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) {
            if (++calls == 1) gate.await()
            calls
        }
        repeat(5) { core.changed(ChangeArea.GOALS) }
        assertEquals(1, calls)
        gate.complete(Unit)
        assertEquals(Loadable.Ready(2), loader.state)
    }

    @Test
    fun `what is shown stays when loading again does not work`() {
        var broken = false
        val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) {
            if (broken) throw BelayException.StorageFull()
            "the page"
        }
        broken = true
        loader.reload()
        assertEquals(Loadable.Ready("the page"), loader.state)
        assertEquals("storage-full", loader.problem?.code)
        broken = false
        loader.reload()
        assertNull(loader.problem)
    }

    @Test
    fun `a first load that does not work says what to do`() {
        val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) { throw BelayException.Locked() }
        val problem = (loader.state as Loadable.Failed).problem
        assertEquals("locked", problem.code)
        assertTrue(problem.canRetry)
    }

    @Test
    fun `a fault of the program is told as one, without its words`() {
        val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) { error("what somebody wrote") }
        val problem = (loader.state as Loadable.Failed).problem
        assertEquals("internal", problem.code)
        assertTrue("somebody" !in problem.toString())
    }
}
