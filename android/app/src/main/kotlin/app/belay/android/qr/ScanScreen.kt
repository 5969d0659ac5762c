package app.belay.android.qr

import android.graphics.SurfaceTexture
import android.view.TextureView
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.viewinterop.AndroidView
import app.belay.ui.kit.Body
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemLine
import app.belay.ui.kit.TopBar
import app.belay.ui.theme.BelayTheme
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Whether the camera looks for a code, or why it does not. */
enum class CameraState { LOOKING, NOT_ALLOWED, BUSY }

/** What the screen can ask for. */
class ScanActions(val allow: () -> Unit, val choose: () -> Unit, val back: () -> Unit)

/** The camera's picture, or why there is none, and a picture to choose instead. */
@Composable
fun ScanScreen(
    words: Words,
    camera: CameraState,
    nothingThere: Boolean,
    actions: ScanActions,
    finder: CameraInSight<SurfaceTexture>
) = BelayTheme(isSystemInDarkTheme()) {
    Column(Modifier.fillMaxSize().safeDrawingPadding()) {
        TopBar(words, words.systemScanTitle, onHelp = null, onBack = actions.back)
        Column(
            Modifier.weight(1f).verticalScroll(rememberScrollState()).padding(Space.l),
            verticalArrangement = Arrangement.spacedBy(Space.m)
        ) {
            if (camera == CameraState.LOOKING) Finder(words.systemScanHint, finder)
            Body(textOf(words, camera))
            if (nothingThere) ProblemLine(words.systemScanNothing)
        }
        Column(Modifier.padding(Space.l), verticalArrangement = Arrangement.spacedBy(Space.s)) {
            if (camera == CameraState.NOT_ALLOWED) PrimaryButton(words.systemScanAllow, actions.allow)
            ChoiceButton(words.systemScanPicture, actions.choose, Modifier.fillMaxWidth())
        }
    }
}

private fun textOf(words: Words, camera: CameraState): String = when (camera) {
    CameraState.LOOKING -> words.systemScanHint
    CameraState.NOT_ALLOWED -> words.systemScanNoCamera
    CameraState.BUSY -> words.systemScanCameraBusy
}

@Composable
private fun Finder(name: String, camera: CameraInSight<SurfaceTexture>) = AndroidView(
    factory = { context ->
        TextureView(context).apply { surfaceTextureListener = Looking(camera) }
    },
    // The sensor lies across a phone that stands upright.
    modifier = Modifier.fillMaxWidth().aspectRatio(1 / SCAN_RATIO)
        .clip(RoundedCornerShape(Corner.card))
        .semantics { contentDescription = name }
)

private class Looking(private val camera: CameraInSight<SurfaceTexture>) : TextureView.SurfaceTextureListener {
    override fun onSurfaceTextureAvailable(texture: SurfaceTexture, width: Int, height: Int) =
        camera.surfaceThere(texture)

    override fun onSurfaceTextureDestroyed(texture: SurfaceTexture): Boolean {
        camera.surfaceGone()
        return true
    }

    override fun onSurfaceTextureSizeChanged(texture: SurfaceTexture, width: Int, height: Int) = Unit

    override fun onSurfaceTextureUpdated(texture: SurfaceTexture) = Unit
}
