package app.belay.desktop

import app.belay.ui.NoPlatform
import java.awt.Desktop
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import java.io.IOException
import java.net.URI
import java.util.Locale

/** What a desktop can do of what a phone can: copy, and open a page. */
class DesktopPlatform(override var language: String?) : NoPlatform() {
    override val region: String? = Locale.getDefault().country.ifEmpty { null }

    override fun shareText(text: String) = copy("", text)

    override fun copy(label: String, text: String) {
        Toolkit.getDefaultToolkit().systemClipboard.setContents(StringSelection(text), null)
    }

    override fun openPage(url: String) {
        if (!Desktop.isDesktopSupported() ||
            !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)
        ) {
            return copy("", url)
        }
        try {
            Desktop.getDesktop().browse(URI(url))
        } catch (_: IOException) {
            // No browser: the address is at hand all the same.
            copy("", url)
        }
    }

    /** A desktop dials nothing; the number is put where it can be pasted. */
    override fun dial(address: String) = copy("", address)
}
