package app.belay.ui.attachments

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import app.belay.core.BelayException
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.journal.EntryEditorModel
import app.belay.ui.journal.EntryEditorScreen
import app.belay.ui.journal.EntryModel
import app.belay.ui.journal.EntryScreen
import app.belay.ui.journal.ShareModel
import app.belay.ui.journal.ShareScreen
import app.belay.ui.journal.partner
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.drawnPhoto
import app.belay.ui.testkit.picked
import app.belay.ui.testkit.testServices

private const val LETTER = 84_000
private const val GIVEN_CHARS = 54
private val onlyThePhoto = listOf(allHere[0], onTheWay[1])

/** What belongs to an entry: here, on the way, about to be added or erased. */
val attachmentShots: List<Shot> = listOf(
    Shots.app("attachments", { FakeAttachments() }, Route.Journal, Route.JournalEntry("e1")),
    Shots.app("attachments-on-the-way", { FakeAttachments(onTheWay) }, Route.Journal, Route.JournalEntry("e1")),
    Shot("attachments-photo") { shell -> Entry(shell) { open(allHere[0]) } },
    Shot("attachments-outside") { shell -> Entry(shell) { open(allHere[2]) } },
    Shot("attachments-erase") { shell -> Entry(shell) { askToRemove(allHere[1]) } },
    Shot("attachments-editor") { shell -> Editor(shell, FakeAttachments()) { } },
    Shot("attachments-refused") { shell ->
        val core = FakeAttachments().apply { refusesFile = BelayException.InvalidInput("file", "too_many_bytes") }
        Editor(shell, core) { save() }
    },
    Shots.app("partner-attachments", { GivingSam() }, Route.People, Route.Partner(GivingSam.SPACE)),
    Shot("share-attachments") { shell ->
        val services = remember { testServices(FakeAttachments(onlyThePhoto), shell) }
        ShareScreen(
            services,
            remember {
                ShareModel(services, shell.scope, "e1", 0, GIVEN_CHARS).apply {
                    choose(partner())
                    toggle(onlyThePhoto[0])
                }
            }
        )
    },
    Shot("attachments-recording") { shell -> Editor(shell, FakeAttachments()) { pending.record() } }
)

@Composable
private fun Entry(shell: Shell, act: AttachmentsModel.() -> Unit) {
    val services = remember { testServices(FakeAttachments(), shell) }
    EntryScreen(services, remember { EntryModel(services, shell.scope, "e1").apply { attached.act() } })
}

@Composable
private fun Editor(shell: Shell, core: FakeAttachments, act: EntryEditorModel.() -> Unit) {
    val services = remember { testServices(core, shell) }
    EntryEditorScreen(services, remember { editor(services).apply(act) })
}

private fun editor(services: Services) = EntryEditorModel(services, services.scope, null).apply {
    val hands = (services.platform as TestPlatform).attaching
    hands.photo = picked("Over the hill.jpg", drawnPhoto(), "image/jpeg")
    hands.file = picked("Doctor’s letter.pdf", ByteArray(LETTER), "application/pdf")
    change(fields.copy(title = "The long way home", body = "Walked home along the river instead of taking the bus."))
    pending.addPhoto()
    pending.addFile()
}
