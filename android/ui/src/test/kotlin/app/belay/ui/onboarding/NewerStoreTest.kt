package app.belay.ui.onboarding

import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayException
import app.belay.ui.Navigator
import app.belay.ui.testkit.OnScreen
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.testShell
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val SECRET_BYTES = 32
private const val SECRET: Byte = 0x42

/** What a far later Belay left, opened with the library of today. */
@OptIn(ExperimentalTestApi::class)
class NewerStoreTest {
    private val store = RealStore()
    private val left = File("../../testing/testkit/exemplars/newer-store")

    @AfterEach
    fun tidy() = store.close()

    private fun ComposeUiTest.phone(): OnScreen {
        onPhone {
            val scope = rememberCoroutineScope()
            val shell = testShell(clock = store.clock, scope = scope)
            BelayRoot(remember { OpeningModel(store.door, shell, scope) }, remember { Navigator() }) { }
        }
        return OnScreen(this)
    }

    private fun copy(name: String, to: String = name) = File(left, name).copyTo(File(store.dir, to), overwrite = true)

    private fun begin() {
        for (name in listOf("belay.db", "belay.check", "key.belay")) copy(name)
        store.secrets.save(ByteArray(SECRET_BYTES) { SECRET })
    }

    @Test
    fun `a store of a later Belay says so offers nothing that could harm it and stays as it is`() = runComposeUiTest {
        begin()
        val screen = phone()
        screen.see("Written by a newer Belay")
        screen.tap("Try again")
        screen.see("Written by a newer Belay")
        screen.seeNoMore("Erase it and begin anew")

        assertThrows(BelayException.NewerData::class.java) { runBlocking { store.door.open(null) } }
        assertArrayEquals(File(left, "belay.db").readBytes(), File(store.dir, "belay.db").readBytes())
        assertTrue(runBlocking { store.door.exists() })
    }

    @Test
    fun `a key file of a later Belay says so before any secret is asked for`() = runComposeUiTest {
        begin()
        copy("later-key.belay", to = "key.belay")
        store.secrets.lose()
        phone().see("Written by a newer Belay")
        assertArrayEquals(File(left, "later-key.belay").readBytes(), File(store.dir, "key.belay").readBytes())
    }
}
