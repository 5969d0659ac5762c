package app.belay.desktop

import app.belay.core.HostException
import app.belay.core.SecretStore
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.attribute.PosixFilePermissions

/**
 * The secret of the store in a file that only its owner may read. For trying out: a copy of the folder is a
 * copy of the key. Since such a copy would carry the count of openings with it, there is no count.
 */
class FileSecretStore(private val file: Path) : SecretStore {
    override fun load(): ByteArray? = orBroken { if (Files.exists(file)) Files.readAllBytes(file) else null }

    override fun save(secret: ByteArray) = orBroken {
        Files.createDirectories(file.parent)
        val whole = Files.createTempFile(file.parent, "key", ".new", OWNER_ONLY)
        Files.write(whole, secret)
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
        Unit
    }

    override fun delete() = orBroken { Files.deleteIfExists(file).let { } }

    override fun opens(): ULong? = null

    override fun saveOpens(opens: ULong) = Unit

    private fun <T> orBroken(action: () -> T): T = try {
        action()
    } catch (_: IOException) {
        throw HostException.Broken()
    }

    private companion object {
        val OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    }
}
