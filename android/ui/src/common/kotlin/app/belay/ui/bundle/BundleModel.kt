package app.belay.ui.bundle

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BundleFor
import app.belay.core.BundleObserver
import app.belay.core.BundleProgress
import app.belay.core.BundleReadView
import app.belay.core.BundleWrittenView
import app.belay.core.ChangeArea
import app.belay.core.NewBundle
import app.belay.core.PartnerView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Services
import app.belay.ui.isTogether
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** A file that was made and can be handed on. */
class MadeFile(val path: String, val written: BundleWrittenView)

/** Sealed letters in a file: made for somebody and handed on, or taken in. */
class BundleModel(val services: Services, private val scope: CoroutineScope) {
    /** Whom a file can be for. */
    val partners: Loader<List<PartnerView>> = Loader(services, scope, setOf(ChangeArea.PARTNERS)) {
        services.core.partners().filter { it.isTogether }
    }

    /** Whom the next file is for; null before somebody was chosen. */
    var forWhom: BundleFor? by mutableStateOf(null)
        private set

    /** It is to hold everything, also what the others have. */
    var whole: Boolean by mutableStateOf(false)
        private set

    /** It is to hold attachments, too: only own devices get them. */
    var attachments: Boolean by mutableStateOf(false)
        private set

    /** The file that was made; null before. */
    var made: MadeFile? by mutableStateOf(null)
        private set

    /** What a file brought; null before. */
    var taken: BundleReadView? by mutableStateOf(null)
        private set

    /** How far it is, while a file is being read or made. */
    var progress: BundleProgress? by mutableStateOf(null)
        private set

    val writing = Doing(scope, services.words)
    val reading = Doing(scope, services.words)

    /** A file that another app handed over waits to be opened. */
    val isHanded: Boolean get() = services.handOver.file != null

    /** Chooses whom it is for. */
    fun choose(whom: BundleFor) {
        forWhom = whom
        made = null
    }

    /** Everything, or only what they lack. */
    fun takeWhole(all: Boolean) {
        whole = all
        made = null
    }

    /** With photos, memos and files, or without. */
    fun takeAttachments(them: Boolean) {
        attachments = them
        made = null
    }

    /** Makes the file, and hands it to the system where something is in it. */
    fun write() {
        val whom = forWhom ?: return
        writing.run {
            made = null
            progress = null
            val path = services.platform.newFile(FILE)
            val file = MadeFile(
                path,
                services.core.writeBundle(
                    path,
                    NewBundle(
                        whom,
                        whole,
                        attachments && whom == BundleFor.OwnDevices
                    ),
                    Told()
                )
            )
            made = file
            if (file.written.envelopes > 0uL) send()
        }
    }

    /** Hands the file to the system: to another app, or to keep. */
    fun send() {
        made?.let { services.platform.shareFile(it.path) }
    }

    /** Lets the person choose a file, and takes in what is in it for this device. */
    fun read() = reading.run { services.platform.pickFile()?.let { take(it) } }

    /** Takes in the file that another app handed over. */
    fun readHanded() = reading.run { services.handOver.takeFile()?.let { take(it) } }

    private suspend fun take(path: String) {
        taken = null
        progress = null
        try {
            taken = services.core.readBundle(path, Told())
        } finally {
            services.platform.dropFile(path)
        }
    }

    /** Is told on threads of the core's. */
    private inner class Told : BundleObserver {
        override fun onProgress(progress: BundleProgress) {
            scope.launch { this@BundleModel.progress = progress }
        }
    }

    private companion object {
        const val FILE = "letters.belay"
    }
}
