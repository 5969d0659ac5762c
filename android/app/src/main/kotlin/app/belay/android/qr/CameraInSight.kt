package app.belay.android.qr

/**
 * Holds the camera open exactly while there is a surface [S] to show it on and the window is in sight: behind
 * other windows the camera is somebody else's. Each time [open] makes a new one; what an old one still says, for
 * instance that it is gone, is not listened to. Used on one thread.
 */
class CameraInSight<S : Any>(private val open: (surface: S, isPresent: () -> Boolean) -> AutoCloseable) {
    private var surface: S? = null
    private var inSight = false
    private var camera: AutoCloseable? = null
    private var turn = 0

    /** There is a surface to show on. */
    fun surfaceThere(there: S) {
        surface = there
        decide()
    }

    /** The surface goes. */
    fun surfaceGone() {
        surface = null
        decide()
    }

    /** The window came forward. */
    fun shown() {
        inSight = true
        decide()
    }

    /** The window went behind others. */
    fun hidden() {
        inSight = false
        decide()
    }

    private fun decide() {
        val target = surface.takeIf { inSight }
        when {
            target == null -> {
                turn++
                camera?.close()
                camera = null
            }

            camera == null -> {
                val mine = ++turn
                camera = open(target) { turn == mine }
            }
        }
    }
}
