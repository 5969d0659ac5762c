package app.belay.android.qr

import android.Manifest
import android.app.Activity
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.graphics.SurfaceTexture
import android.net.Uri
import android.os.Bundle
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContract
import androidx.activity.result.contract.ActivityResultContracts.PickVisualMedia
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.lifecycle.lifecycleScope
import app.belay.android.belay
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** Scans one code with the camera, or reads it from a picture, and gives its text back. */
class ScanActivity : ComponentActivity() {
    private var camera by mutableStateOf(CameraState.LOOKING)
    private var nothingThere by mutableStateOf(false)

    private val finder = CameraInSight(::open)

    private val permission = registerForActivityResult(RequestPermission()) { granted ->
        camera = if (granted) CameraState.LOOKING else CameraState.NOT_ALLOWED
    }
    private val picture = registerForActivityResult(PickVisualMedia()) { it?.let(::read) }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.addFlags(FLAG_SECURE)
        enableEdgeToEdge()
        if (checkSelfPermission(Manifest.permission.CAMERA) != PERMISSION_GRANTED) {
            camera = CameraState.NOT_ALLOWED
            if (savedInstanceState == null) permission.launch(Manifest.permission.CAMERA)
        }
        val actions = ScanActions(
            allow = { permission.launch(Manifest.permission.CAMERA) },
            choose = { picture.launch(PickVisualMediaRequest(PickVisualMedia.ImageOnly)) },
            back = ::finish
        )
        setContent { ScanScreen(belay.words(this), camera, nothingThere, actions, finder) }
    }

    override fun onStart() {
        super.onStart()
        // Whoever had the camera may have let it go.
        if (camera == CameraState.BUSY) camera = CameraState.LOOKING
        finder.shown()
    }

    override fun onStop() {
        finder.hidden()
        super.onStop()
    }

    private fun open(texture: SurfaceTexture, isPresent: () -> Boolean): AutoCloseable = ScanCamera(
        this,
        found = { text -> runOnUiThread { if (isPresent()) answer(text) } },
        away = { runOnUiThread { if (isPresent()) camera = CameraState.BUSY } }
    ).also { it.open(texture) }

    private fun read(chosen: Uri) {
        lifecycleScope.launch {
            val text = withContext(Dispatchers.IO) { contentResolver.readQr(chosen) }
            if (text == null) nothingThere = true else answer(text)
        }
    }

    private fun answer(text: String) {
        setResult(Activity.RESULT_OK, Intent().putExtra(TEXT, text))
        finish()
    }

    /** Starts this activity; null when the person turned back. */
    object Scan : ActivityResultContract<Unit, String?>() {
        override fun createIntent(context: Context, input: Unit): Intent = Intent(context, ScanActivity::class.java)

        override fun parseResult(resultCode: Int, intent: Intent?): String? =
            intent?.takeIf { resultCode == Activity.RESULT_OK }?.getStringExtra(TEXT)
    }

    private companion object {
        const val TEXT = "text"
    }
}
