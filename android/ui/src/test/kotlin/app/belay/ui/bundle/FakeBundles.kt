package app.belay.ui.bundle

import app.belay.core.BundleEndingView
import app.belay.core.BundleObserver
import app.belay.core.BundleProgress
import app.belay.core.BundleReadView
import app.belay.core.BundleSpaceView
import app.belay.core.BundleWrittenView
import app.belay.core.NewBundle
import app.belay.core.PartnerView
import app.belay.ui.people.FakePeople
import app.belay.ui.people.SAM

/** A core that makes and reads files as told. */
class FakeBundles(
    private val written: BundleWrittenView = BundleWrittenView(14u, 22_400u, 1u, 1u),
    private val read: BundleReadView = BundleReadView(
        BundleEndingView.WHOLE,
        listOf(BundleSpaceView(SAM, "Sam", 9u, 0u, 6u), BundleSpaceView("self", null, 0u, 0u, 0u)),
        0u,
        0u,
        0u
    )
) : FakePeople() {
    override suspend fun partners(): List<PartnerView> = people.partners

    override suspend fun writeBundle(path: String, new: NewBundle, observer: BundleObserver?): BundleWrittenView {
        refuses?.let { throw it }
        asked += "write ${new.forWhom} whole=${new.whole}" + if (new.attachments) " with attachments" else ""
        observer?.onProgress(BundleProgress(written.envelopes, written.envelopes))
        return written
    }

    override suspend fun readBundle(path: String, observer: BundleObserver?): BundleReadView {
        refuses?.let { throw it }
        asked += "read $path"
        return read
    }
}

/** A file of which a part is for others, and the end is missing. */
val cutShort = BundleReadView(
    BundleEndingView.CUT_SHORT,
    listOf(BundleSpaceView(SAM, "Sam", 4u, 0u, 3u)),
    2u,
    1u,
    0u
)
