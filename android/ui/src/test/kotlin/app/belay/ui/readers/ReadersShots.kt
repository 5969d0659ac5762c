package app.belay.ui.readers

import androidx.compose.runtime.remember
import app.belay.core.ErasureStateView
import app.belay.core.OwnReaderView
import app.belay.core.Readable
import app.belay.core.ReaderView
import app.belay.core.ReadersView
import app.belay.core.Reading
import app.belay.core.SealedCopyView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.CardTitle
import app.belay.ui.people.SAM
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.testServices

/** An entry of which Sam has a passage, on two devices and a relay. */
val manyReaders = ReadersView(
    ownDevices = listOf(
        OwnReaderView("a", "Mira’s phone", true, Reading.WROTE),
        OwnReaderView("b", "Tablet", false, Reading.HAS)
    ),
    people = listOf(
        ReaderView(SAM, "person-sam", "Sam", Reading.HAS, 1u, false, "passage"),
        ReaderView("jonas", "person-jonas", "Jonas", Reading.HAD, 1u, true, null)
    ),
    sealed = listOf(SealedCopyView(SAM, "relay.example", true, ErasureStateView.ERASED)),
    knownElsewhere = 1u
)

/** Nobody but the person, here. */
val aloneHere = ReadersView(
    listOf(OwnReaderView("a", "Mira’s phone", true, Reading.WROTE)),
    emptyList(),
    emptyList(),
    0u
)

/** A core that says so. */
class FakeReaders(private val view: ReadersView) : FakeCore() {
    val asked = mutableListOf<Readable>()

    override suspend fun whoCanRead(item: Readable): ReadersView {
        asked += item
        return view
    }
}

/** Who can read a thing: many, and nobody else. */
val readersShots: List<Shot> = listOf("readers" to manyReaders, "readers-alone" to aloneHere).map { (name, view) ->
    Shot(name) { shell ->
        val services = remember { testServices(FakeReaders(view), shell) }
        ScrollingScreen(services) {
            CardTitle("The long way home")
            ReadersCard(services.words, view)
        }
    }
}
