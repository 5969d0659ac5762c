package app.belay.android

import android.content.ContentResolver
import android.content.Intent
import android.net.Uri
import android.os.Build
import app.belay.android.files.SEALED_FILE
import app.belay.android.qr.readQr
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Longer than any invitation; what other apps hand over is not read beyond it. */
private const val TEXT_MAX = 4096

/** Asks for Help now, as the launcher's shortcut does. */
const val ACTION_HELP_NOW: String = "app.belay.android.HELP_NOW"

/**
 * The text of an invitation that another app opened or shared, in a link, a code, a text or a picture. Whether it
 * is one, the core says. An empty text when something was shared and nothing is in it; null when this intent is
 * about something else.
 */
suspend fun Intent.invitation(resolver: ContentResolver): String? = when (action) {
    Intent.ACTION_VIEW -> dataString.orEmpty().take(TEXT_MAX)
    Intent.ACTION_SEND -> (sharedText() ?: sharedStream()?.let { read(it, resolver) }).orEmpty()
    else -> null
}

/** A sealed file that another app shared; null when this intent is about something else. */
fun Intent.sealedFile(): Uri? = if (action == Intent.ACTION_SEND && type == SEALED_FILE) sharedStream() else null

private fun Intent.sharedText(): String? = getCharSequenceExtra(Intent.EXTRA_TEXT)?.take(TEXT_MAX)?.toString()

private fun Intent.sharedStream(): Uri? = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
    getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java)
} else {
    @Suppress("DEPRECATION") // the only way before Android 13
    getParcelableExtra(Intent.EXTRA_STREAM)
}

private suspend fun read(picture: Uri, resolver: ContentResolver): String? =
    withContext(Dispatchers.IO) { resolver.readQr(picture) }
