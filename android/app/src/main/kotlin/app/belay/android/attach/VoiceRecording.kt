package app.belay.android.attach

import android.content.Context
import android.media.MediaRecorder
import android.os.Build
import androidx.activity.ComponentActivity
import androidx.lifecycle.DefaultLifecycleObserver
import androidx.lifecycle.LifecycleOwner
import app.belay.ui.PickedFile
import app.belay.ui.Recording
import java.io.File
import java.io.IOException

private const val BITS_A_SECOND = 48_000
private const val SAMPLES_A_SECOND = 44_100

/** What the core takes of one attachment. */
private const val LONGEST_BYTES = 60L * 1024 * 1024

/** A voice memo that is being recorded. It ends when the window goes out of sight: Android gives silence from then on. */
internal class VoiceRecording private constructor(
    private val activity: ComponentActivity,
    private val recorder: MediaRecorder,
    private val file: File
) : Recording,
    DefaultLifecycleObserver {
    private var isEnded = false
    private var isWhole = false

    override suspend fun finish(): PickedFile? {
        end()
        if (!isWhole) {
            file.delete()
            return null
        }
        return PickedFile(file.path, file.name, MEDIA_TYPE, file.length())
    }

    override fun discard() {
        end()
        file.delete()
    }

    override fun onStop(owner: LifecycleOwner) = end()

    private fun end() {
        if (isEnded) return
        isEnded = true
        activity.lifecycle.removeObserver(this)
        isWhole = try {
            recorder.stop()
            true
        } catch (_: RuntimeException) {
            // Android's way to say that nothing had been recorded yet.
            false
        } finally {
            recorder.release()
        }
    }

    companion object {
        private const val MEDIA_TYPE = "audio/mp4"

        /** Begins to record into [file]; null where the microphone cannot be had. */
        fun begin(activity: ComponentActivity, file: File): Recording? {
            val recorder = recorderFor(activity)
            return try {
                recorder.prepareFor(file)
                recorder.start()
                VoiceRecording(activity, recorder, file).also(activity.lifecycle::addObserver)
            } catch (_: IOException) {
                nothing(recorder, file)
            } catch (_: IllegalStateException) {
                nothing(recorder, file)
            }
        }

        private fun nothing(recorder: MediaRecorder, file: File): Recording? {
            recorder.release()
            file.delete()
            return null
        }

        private fun recorderFor(context: Context): MediaRecorder = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            MediaRecorder(context)
        } else {
            @Suppress("DEPRECATION") // the only one before Android 12
            MediaRecorder()
        }

        private fun MediaRecorder.prepareFor(file: File) {
            setAudioSource(MediaRecorder.AudioSource.MIC)
            setOutputFormat(MediaRecorder.OutputFormat.MPEG_4)
            setAudioEncoder(MediaRecorder.AudioEncoder.AAC)
            setAudioEncodingBitRate(BITS_A_SECOND)
            setAudioSamplingRate(SAMPLES_A_SECOND)
            setMaxFileSize(LONGEST_BYTES)
            setOutputFile(file.path)
            prepare()
        }
    }
}
