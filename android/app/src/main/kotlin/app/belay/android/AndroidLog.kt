package app.belay.android

import android.util.Log
import app.belay.core.LogLine
import app.belay.core.LogSink

/** The core's lines in the system's log: codes and places in the source, and nothing of anybody's. */
object AndroidLog : LogSink {
    private const val TAG = "Belay"

    override fun log(line: LogLine) {
        Log.w(TAG, "${line.about} ${line.code}")
    }
}
