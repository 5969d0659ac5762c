package app.belay.desktop

import java.nio.file.Path

/** What the window is started with. */
data class Arguments(
    /** The store's folder. */
    val dir: Path,
    /** The person begins under this name when there is no store yet; without it the screens ask. */
    val name: String? = null,
    /** The relay new partnerships use; plain HTTP is taken on this machine only. */
    val relay: String? = null,
    /** BCP 47 tag, or null for the machine's language. */
    val language: String? = null,
    val dark: Boolean? = null,
    val width: Int = PHONE_WIDTH,
    val height: Int = PHONE_HEIGHT,
    /** Stated with the name: old enough, and the terms were read. */
    val agreed: Boolean = false
) {
    companion object {
        /** Reads a command line. Null, after saying what is possible, when it makes no sense. */
        fun of(line: List<String>): Arguments? {
            val values = mutableMapOf<String, String>()
            val rest = line.toMutableList()
            while (rest.isNotEmpty()) {
                val key = rest.removeAt(0)
                when (key) {
                    in FLAGS -> values[key] = ""
                    in KEYS -> values[key] = rest.removeFirstOrNull() ?: return null
                    else -> return null
                }
            }
            return Arguments(
                dir = Path.of(values["--dir"] ?: return null),
                name = values["--name"],
                relay = values["--relay"],
                language = values["--language"],
                dark = if ("--dark" in values) {
                    true
                } else if ("--light" in values) {
                    false
                } else {
                    null
                },
                width = (values["--width"] ?: "$PHONE_WIDTH").toIntOrNull() ?: return null,
                height = (values["--height"] ?: "$PHONE_HEIGHT").toIntOrNull() ?: return null,
                agreed = "--agreed" in values
            )
        }

        private val KEYS = setOf("--dir", "--name", "--relay", "--language", "--width", "--height")
        private val FLAGS = setOf("--dark", "--light", "--agreed")
    }
}

private const val PHONE_WIDTH = 412
private const val PHONE_HEIGHT = 915

/** What is possible, for whoever typed something else. */
const val USAGE = """belay-desktop --dir FOLDER [--name NAME] [--relay URL] [--language TAG] [--dark | --light]
              [--width DP] [--height DP] [--agreed]

The key of the store lies in a file of FOLDER, readable by you alone: good for trying out,
and less than the keystore of a phone. Whoever copies the folder can read everything in it."""
