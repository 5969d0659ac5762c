package app.belay.core

import java.io.BufferedReader
import java.nio.file.Path
import kotlin.concurrent.thread

/** The relay's own program on a free port of the loopback. */
class RelayProcess private constructor(private val process: Process, private val port: String) : AutoCloseable {
    /** Where people reach it. */
    val origin = "http://127.0.0.1:$port"

    /** Ends it as a power cut does. */
    override fun close() {
        process.destroyForcibly().waitFor()
    }

    /** Starts another one on the same data and the same port. */
    fun again(data: Path): RelayProcess = start(data, port)

    companion object {
        private val portOfLog = Regex("\"port\":\\s*\"?(\\d+)")

        /** Starts one; port 0 takes a free one, which its log tells. */
        fun start(data: Path, port: String = "0"): RelayProcess {
            val program = Path.of(checkNotNull(System.getenv("BELAY_LIBRARY_DIR")), "belay-relay").toString()
            val builder = ProcessBuilder(program, "--listen", "127.0.0.1:$port", "--data", data.toString())
            builder.environment().remove("BELAY_RELAY_CONFIG")
            val process = builder.redirectErrorStream(true).start()
            val log = process.inputReader()
            val taken = portOf(log)
            // The pipe must not fill up.
            thread(isDaemon = true) { log.forEachLine { } }
            return RelayProcess(process, taken)
        }

        private fun portOf(log: BufferedReader): String = generateSequence { log.readLine() }
            .firstNotNullOfOrNull { portOfLog.find(it)?.groupValues?.get(1) }
            ?: error("the relay ended before it listened")
    }
}
