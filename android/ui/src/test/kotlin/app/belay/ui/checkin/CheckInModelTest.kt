package app.belay.ui.checkin

import app.belay.core.BelayException
import app.belay.core.CheckInField
import app.belay.core.CheckInFormView
import app.belay.core.CheckInView
import app.belay.core.NewCheckIn
import app.belay.core.PreviewView
import app.belay.core.UndoneView
import app.belay.ui.Route
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.SAM_SPACE
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.checkInView
import app.belay.ui.testkit.testServices
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CheckInModelTest {
    private val core = Page()
    private val services = testServices(core)
    private val scope = CoroutineScope(Job() + Dispatchers.Unconfined)
    private val model = CheckInModel(services, scope, Route.CheckIn())

    @Test
    fun `every keystroke is kept, the newest last`() {
        model.write(CheckInField.WIN, "C")
        model.write(CheckInField.WIN, "Ca")
        model.chooseMood(4)
        assertEquals("Ca", core.kept.last().win)
        assertEquals(4.toUByte(), core.kept.last().mood)
        assertEquals(TUESDAY, core.kept.last().on)
    }

    @Test
    fun `what was typed while an earlier keystroke was being written is kept after the page is left`() {
        val slow = CompletableDeferred<Unit>()
        core.beforeKeeping = { slow.await() }
        model.write(CheckInField.WIN, "C")
        model.write(CheckInField.WIN, "Called my sister")
        scope.cancel()
        slow.complete(Unit)
        assertEquals("Called my sister", core.kept.last().win)
    }

    @Test
    fun `the page begins with the draft that was kept`() {
        core.draft = halfFilled
        val again = CheckInModel(services, scope, Route.CheckIn())
        assertEquals(halfFilled.win, again.answers?.text(CheckInField.WIN))
        assertEquals(4, again.answers?.mood)
    }

    @Test
    fun `the shape that was tapped on Today is chosen, once`() {
        services.handOver.mood = 2
        assertEquals(2, CheckInModel(services, scope, Route.CheckIn()).answers?.mood)
        assertNull(CheckInModel(services, scope, Route.CheckIn()).answers?.mood)
    }

    @Test
    fun `a page that cannot be saved stays as it is and says what to do`() {
        core.onWrite = { throw BelayException.StorageFull() }
        services.navigator.go(Route.CheckIn())
        model.chooseMood(3)
        model.write(CheckInField.STRUGGLE, "Long words that took a while")
        model.save()
        assertEquals("storage-full", model.doing.problem?.code)
        assertEquals("Long words that took a while", model.answers?.text(CheckInField.STRUGGLE))
        assertEquals(Route.CheckIn(), services.navigator.current)
        assertFalse(model.doing.busy)
    }

    @Test
    fun `when a draft cannot be kept the person is told, and told when it can again`() {
        core.beforeKeeping = { throw BelayException.StorageFull() }
        model.write(CheckInField.WIN, "a")
        assertNotNull(model.draft.problem)
        core.beforeKeeping = {}
        model.write(CheckInField.WIN, "ab")
        assertNull(model.draft.problem)
    }

    @Test
    fun `nothing is kept any more once it is saved`() {
        model.chooseMood(5)
        val before = core.kept.size
        model.save()
        model.write(CheckInField.WIN, "too late")
        assertEquals(before, core.kept.size)
    }

    @Test
    fun `what was saved can be taken back, and its words wait as a page that was begun`() {
        model.chooseMood(5)
        model.write(CheckInField.WIN, "Called my sister")
        model.save()
        assertEquals("Saved here. Goes to Sam when there is a connection.", services.undo.offer?.text)
        services.undo.take()
        assertEquals(listOf("evening"), core.undone)
        assertEquals("Called my sister", core.kept.last().win)
    }

    @Test
    fun `starting again can be undone after the page was left`() {
        model.write(CheckInField.WIN, "Called my sister")
        model.startAgain()
        assertEquals("", model.answers?.text(CheckInField.WIN))
        assertNull(core.held)
        scope.cancel()

        services.undo.take()

        assertEquals("Called my sister", core.held?.win)
    }

    @Test
    fun `the undo on a page that was opened anew brings the words back beside what was typed there`() {
        model.write(CheckInField.WIN, "Called my sister")
        model.write(CheckInField.PLAN, "Rest")
        model.startAgain()
        scope.cancel()
        core.form = core.form.copy(draft = null)
        val anew = CheckInModel(services, CoroutineScope(Dispatchers.Unconfined), Route.CheckIn())
        anew.write(CheckInField.WIN, "Slept")

        services.undo.take()

        assertEquals("Slept" to "Rest", anew.answers?.let { it.text(CheckInField.WIN) to it.text(CheckInField.PLAN) })
        assertEquals("Slept" to "Rest", core.held?.let { it.win to it.plan })
    }

    @Test
    fun `starting again comes after a keystroke that is being written, and no older words come back`() {
        val slow = CompletableDeferred<Unit>()
        core.beforeKeeping = { slow.await() }
        model.write(CheckInField.WIN, "C")
        model.write(CheckInField.WIN, "Ca")
        model.startAgain()
        slow.complete(Unit)
        assertNull(core.held)

        model.write(CheckInField.WIN, "anew")
        assertEquals("anew", core.held?.win)
    }

    @Test
    fun `what others would see goes with the page that was emptied and comes back with the undo`() {
        model.write(CheckInField.WIN, "Called my sister")
        model.startAgain()
        assertNull(core.previewed.last().win)

        services.undo.take()

        assertEquals("Called my sister", core.previewed.last().win)
        assertEquals("Called my sister", model.answers?.text(CheckInField.WIN))
    }

    @Test
    fun `a switch changes only this check-in, for everybody it was usual for`() {
        val sam = checkNotNull(model.form.loaded).partners.first { it.space == SAM_SPACE }
        assertNull(model.answers?.audience)
        model.show(sam, CheckInField.STRUGGLE, shown = true)
        val audience = checkNotNull(model.answers?.audience)
        assertTrue(CheckInField.STRUGGLE in audience.getValue(SAM_SPACE))
        assertEquals(setOf(CheckInField.MOOD), audience.getValue("mira"))
    }

    @Test
    fun `the page stays about its day when the day goes on`() {
        core.form = core.form.copy(today = "2026-03-04", late = true)
        model.form.reload()
        model.chooseMood(3)
        model.save()
        assertEquals(TUESDAY, core.written.single().on)
        assertEquals(TUESDAY, core.asked.last())
    }

    @Test
    fun `an answer is never part of what the model says of itself`() {
        model.write(CheckInField.WIN, "nobody's business")
        assertFalse("nobody" in model.answers.toString())
    }

    private class Page : FakeCore() {
        val kept = mutableListOf<NewCheckIn>()
        val previewed = mutableListOf<NewCheckIn>()

        /** What is kept now. */
        var held: NewCheckIn? = null
        val written = mutableListOf<NewCheckIn>()
        val undone = mutableListOf<String>()
        val asked = mutableListOf<String?>()
        var draft: NewCheckIn? = null
        var form: CheckInFormView = formView()
        var beforeKeeping: suspend () -> Unit = {}
        var onWrite: () -> Unit = {}

        override suspend fun checkInForm(on: String?, about: String?, language: String): CheckInFormView {
            asked += on
            return draft?.let { formView(draft = it) } ?: form
        }

        override suspend fun keepCheckInDraft(new: NewCheckIn, about: String?) {
            beforeKeeping()
            kept += new
            held = new
        }

        override suspend fun dropCheckInDraft(on: String?, about: String?) {
            held = null
        }

        override suspend fun previewCheckIn(new: NewCheckIn): List<PreviewView> {
            previewed += new
            return emptyList()
        }

        override suspend fun writeCheckIn(new: NewCheckIn): CheckInView {
            onWrite()
            written += new
            return checkInView()
        }

        override suspend fun undoCheckIn(name: String) = UndoneView(false).also { undone += name }
    }
}
