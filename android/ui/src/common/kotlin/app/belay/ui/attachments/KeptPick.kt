package app.belay.ui.attachments

import app.belay.core.AttachmentKind

/**
 * Something that was chosen for an entry and is not in it yet: it lies sealed beside the store, and what opens it
 * stands in the draft alone.
 */
data class KeptPick(
    val kind: AttachmentKind,
    /** What the sealed file is called. */
    val file: String,
    /** What opens it, in hexadecimal digits. */
    val key: String,
    val bytes: Long,
    val mediaType: String?,
    val name: String
) {
    /** One line; [read] gives the same back. */
    fun write(): String = listOf(kind.name, file, key, bytes, mediaType.orEmpty(), oneLine(name)).joinToString(BETWEEN)

    /** Never what opens it. */
    override fun toString(): String = "KeptPick"

    companion object {
        private const val BETWEEN = "|"
        private const val PARTS = 6

        /** Reads what [write] gave; null for any other line. */
        fun read(line: String): KeptPick? {
            val parts = line.split(BETWEEN, limit = PARTS)
            if (parts.size < PARTS) return null
            return KeptPick(
                kind = AttachmentKind.entries.firstOrNull { it.name == parts[0] } ?: return null,
                file = parts[1].takeIf { name -> name.all(Char::isLetterOrDigit) } ?: return null,
                key = parts[2].takeIf(SealedCopy::isKey) ?: return null,
                bytes = parts[3].toLongOrNull() ?: return null,
                mediaType = parts[4].ifEmpty { null },
                name = parts[PARTS - 1]
            )
        }

        private fun oneLine(name: String) = name.map { if (it.isISOControl()) ' ' else it }.joinToString("")
    }
}
