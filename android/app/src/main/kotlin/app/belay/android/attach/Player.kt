package app.belay.android.attach

import android.media.MediaPlayer
import app.belay.ui.Playing
import java.io.IOException

/** Plays a voice memo. */
internal class Player private constructor(private val player: MediaPlayer) : Playing {
    private var isStopped = false

    override fun stop() {
        if (isStopped) return
        isStopped = true
        player.release()
    }

    companion object {
        /** Plays what is at [path] and says when it has [ended]; null where Android cannot play it. */
        fun begin(path: String, ended: () -> Unit): Playing? {
            val player = MediaPlayer()
            val playing = Player(player)
            return try {
                player.setDataSource(path)
                player.setOnCompletionListener {
                    playing.stop()
                    ended()
                }
                player.prepare()
                player.start()
                playing
            } catch (_: IOException) {
                playing.none()
            } catch (_: IllegalStateException) {
                playing.none()
            }
        }

        private fun Player.none(): Playing? {
            stop()
            return null
        }
    }
}
