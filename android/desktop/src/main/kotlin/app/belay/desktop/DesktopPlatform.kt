package app.belay.desktop

import app.belay.ui.NoPlatform
import java.awt.Desktop
import java.awt.FileDialog
import java.awt.Frame
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import java.io.IOException
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.Locale

/** What a desktop can do of what a phone can: copy, open a page, save and open a file. */
class DesktopPlatform(override var language: String?) : NoPlatform() {
    override val attaching = DesktopAttaching(::newFile) { chooseFile(FileDialog.LOAD) }

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

    override fun newFile(name: String): String = Files.createTempDirectory("belay").resolve(name).toString()

    /** A desktop shares by saving: where, the person says. */
    override fun shareFile(path: String) {
        val made = Path.of(path)
        val chosen = chooseFile(FileDialog.SAVE, made.fileName.toString()) ?: return
        Files.copy(made, chosen, StandardCopyOption.REPLACE_EXISTING)
    }

    /** A copy, so that the file which is read goes and the person's own stays. */
    override suspend fun pickFile(): String? {
        val chosen = chooseFile(FileDialog.LOAD) ?: return null
        val copy = newFile(chosen.fileName.toString())
        Files.copy(chosen, Path.of(copy))
        return copy
    }

    override fun dropFile(path: String) {
        Files.deleteIfExists(Path.of(path))
    }

    private fun chooseFile(mode: Int, name: String? = null): Path? {
        val dialog = FileDialog(null as Frame?, "Belay", mode).apply { file = name }
        dialog.isVisible = true
        return dialog.file?.let { Path.of(dialog.directory, it) }
    }

    /** A desktop dials nothing; the number is put where it can be pasted. */
    override fun dial(address: String) = copy("", address)
}
