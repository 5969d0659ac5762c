package app.belay.android.qr

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.Image
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.util.Size
import android.view.Surface
import kotlin.math.abs

/** Width to height of the pictures that are asked for, as the sensor lies. */
const val SCAN_RATIO: Float = 4f / 3f

/** Pixels of the longer side: enough for a code on a phone's screen, little enough for thirty looks a second. */
private const val SIDE = 1280

/** Pictures that may wait; the newest is read, older ones are let go. */
private const val PICTURES = 2

/**
 * Looks through the back camera for a QR code, with the framework's own camera. Pictures are read in memory and
 * kept nowhere. Calls back on the thread of the camera: [found] once, [away] when the camera cannot be had.
 */
class ScanCamera(private val context: Context, private val found: (String) -> Unit, private val away: () -> Unit) :
    AutoCloseable {
    private val thread = HandlerThread("scan")
    private val handler by lazy { Handler(thread.apply { start() }.looper) }
    private var device: CameraDevice? = null
    private var reader: ImageReader? = null
    private var over = false

    @Volatile
    private var opening = false

    /** Begins to show on [texture] and to look. */
    fun open(texture: SurfaceTexture) = onCamera { manager ->
        val id = manager.backCamera() ?: return@onCamera away()
        val size = manager.sizeOf(id)
        texture.setDefaultBufferSize(size.width, size.height)
        val pictures = ImageReader.newInstance(size.width, size.height, ImageFormat.YUV_420_888, PICTURES)
        pictures.setOnImageAvailableListener({ it.acquireLatestImage()?.use(::look) }, handler)
        reader = pictures
        opening = true
        @SuppressLint("MissingPermission") // asked for before; without it this throws, and says so to the person
        manager.openCamera(id, Opened(Surface(texture), pictures.surface), handler)
    }

    /** Lets the camera go. The object cannot be opened again. */
    override fun close() {
        handler.post {
            over = true
            device?.close()
            reader?.close()
            // The system still answers a camera that is being opened, and this thread lets it go then.
            if (!opening) thread.quitSafely()
        }
    }

    private fun look(picture: Image) {
        if (over) return
        val brightness = picture.planes[0]
        val bytes = ByteArray(brightness.buffer.remaining()).also(brightness.buffer::get)
        // The last row of a plane may end before its stride does.
        val rows = minOf(picture.height, bytes.size / brightness.rowStride)
        val width = minOf(picture.width, brightness.rowStride)
        val text = QrReader.readBrightness(bytes, brightness.rowStride, width, rows) ?: return
        over = true
        found(text)
    }

    private inner class Opened(private val shown: Surface, private val read: Surface) : CameraDevice.StateCallback() {
        override fun onOpened(camera: CameraDevice) = onCamera {
            if (isOver(camera)) return@onCamera
            device = camera
            val request = camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW).apply {
                addTarget(shown)
                addTarget(read)
                set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
            }.build()
            @Suppress("DEPRECATION") // its successor came with Android 9
            camera.createCaptureSession(listOf(shown, read), Running(request), handler)
        }

        override fun onDisconnected(camera: CameraDevice) = onError(camera, ERROR_CAMERA_DEVICE)

        override fun onError(camera: CameraDevice, error: Int) {
            if (isOver(camera)) return
            camera.close()
            away()
        }

        private fun isOver(camera: CameraDevice): Boolean {
            opening = false
            if (!over) return false
            camera.close()
            thread.quitSafely()
            return true
        }
    }

    private inner class Running(private val request: CaptureRequest) : CameraCaptureSession.StateCallback() {
        override fun onConfigured(session: CameraCaptureSession) = onCamera {
            if (!over) session.setRepeatingRequest(request, null, handler)
        }

        override fun onConfigureFailed(session: CameraCaptureSession) = away()
    }

    private inline fun onCamera(work: (CameraManager) -> Unit) {
        try {
            work(checkNotNull(context.getSystemService(CameraManager::class.java)))
        } catch (_: CameraAccessException) {
            opening = false
            away()
        } catch (_: SecurityException) {
            opening = false
            away()
        } catch (_: IllegalStateException) {
            // Closed between two callbacks.
            if (!over) away()
        }
    }
}

/** Whether there is a camera to scan with. */
fun Context.hasBackCamera(): Boolean = try {
    getSystemService(CameraManager::class.java)?.backCamera() != null
} catch (_: CameraAccessException) {
    false
}

private fun CameraManager.backCamera(): String? = cameraIdList.firstOrNull { id ->
    getCameraCharacteristics(id)[CameraCharacteristics.LENS_FACING] == CameraCharacteristics.LENS_FACING_BACK
} ?: cameraIdList.firstOrNull()

private fun CameraManager.sizeOf(id: String): Size {
    val map = getCameraCharacteristics(id)[CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP]
    val sizes = map?.getOutputSizes(ImageFormat.YUV_420_888).orEmpty()
    val fitting = sizes.filter {
        abs(it.width.toFloat() / it.height - SCAN_RATIO) < RATIO_SLACK
    }.ifEmpty { sizes.toList() }
    return fitting.minByOrNull { abs(it.width - SIDE) } ?: Size(SIDE, (SIDE / SCAN_RATIO).toInt())
}

private const val RATIO_SLACK = 0.01f
