package app.belay.ui.attachments

import app.belay.core.AttachmentView
import app.belay.core.NewPassage
import app.belay.core.PassagePreviewView
import app.belay.core.PassageView
import app.belay.ui.journal.JournalCore
import app.belay.ui.journal.ShareModel
import app.belay.ui.journal.partner
import app.belay.ui.journal.passage
import app.belay.ui.people.PartnerModel
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val TO = 11

class GivenAttachmentsTest {
    private val platform = TestPlatform()

    @Test
    fun `what a partner gave is shown small, opened from their space and erased by nobody here`() {
        val core = GivingSam()
        val services = testServices(core, testShell(platform = platform))
        val model = PartnerModel(services, services.scope, GivingSam.SPACE)
        assertNotNull(model.given.small["g1"])
        assertEquals(listOf("sam small g1"), core.opened)
        model.given.open(fromSam[0])
        assertEquals("The kitchen table.jpg", model.given.shown?.name)
        assertEquals("sam g1", core.opened.last())
        assertTrue(platform.dropped.any { it.endsWith("The kitchen table.jpg") })
        assertFalse(model.given.source.isOwn)
    }

    @Test
    fun `what is not here yet is looked for, and being offline is said`() {
        val core = GivingSam()
        val services = testServices(core, testShell(platform = platform))
        val model = PartnerModel(services, services.scope, GivingSam.SPACE)
        model.given.open(fromSam[1])
        assertNull(model.given.playing)
        model.given.look()
        assertEquals(1, core.lookedFor)
        assertEquals("offline", model.given.act.problem?.code)
    }

    @Test
    fun `nothing goes along unless somebody says so, and the preview shows what does`() {
        val core = Giving()
        val services = testServices(core, testShell(platform = platform))
        val model = ShareModel(services, services.scope, "e1", 0, TO)
        model.choose(partner())
        assertTrue(model.preview?.value?.attachments.orEmpty().isEmpty())
        model.toggle(allHere[2])
        model.toggle(allHere[0])
        assertEquals(listOf("a1", "a3"), model.preview?.value?.attachments?.map { it.id })
        model.toggle(allHere[2])
        model.give()
        assertEquals(listOf("a1"), core.given.single().attachments)
    }

    @Test
    fun `what is not on this device cannot go along`() {
        val core = Giving(onTheWay)
        val services = testServices(core, testShell(platform = platform))
        val model = ShareModel(services, services.scope, "e1", 0, TO)
        model.toggle(onTheWay[1])
        assertTrue(model.along.isEmpty())
    }
}

private class Giving(private val all: List<AttachmentView> = allHere) : JournalCore(partners = listOf(partner())) {
    val given = mutableListOf<NewPassage>()

    override suspend fun attachments(entry: String) = all

    override suspend fun exportThumbnail(id: String, path: String) = all.first { it.id == id }

    override suspend fun previewPassage(new: NewPassage): PassagePreviewView =
        super.previewPassage(new).let { it.copy(attachments = new.attachments.map { id -> all.first { it.id == id } }) }

    override suspend fun sharePassage(new: NewPassage): PassageView {
        given += new
        return passage(new.text)
    }
}
