package app.belay.android

import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.lifecycle.lifecycleScope
import app.belay.android.lock.OwnerCheck
import app.belay.core.BelayException
import app.belay.ui.DeviceClock
import app.belay.ui.HandOver
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Shell
import app.belay.ui.onboarding.OpeningModel
import kotlinx.coroutines.launch

/**
 * The one window. It draws the shared screens, asks for the lock and takes up what other apps hand over. A process
 * that was killed begins again at the same screen with the same words in it: the core keeps them as a draft, or,
 * where it has none for a page, the system keeps them in memory with the window's state.
 */
class MainActivity : ComponentActivity() {
    private val handOver = HandOver()
    private lateinit var navigator: Navigator
    private lateinit var owner: OwnerCheck

    /** Help now lies above everything, also above the lock. */
    private var showsHelp by mutableStateOf(false)

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.addFlags(FLAG_SECURE)
        enableEdgeToEdge()
        navigator = Navigator(savedInstanceState?.getStringArrayList(SCREENS).orEmpty())
        showsHelp = savedInstanceState?.getBoolean(HELP) ?: false
        val words = belay.words(this)
        owner = OwnerCheck(this, words, belay.lock::passed)
        val platform = AndroidPlatform(this, belay.preferences)
        val shell = Shell(words, platform, DeviceClock, localeFor(belay.preferences), lifecycleScope)
        val opening = OpeningModel(belay.cores, shell, lifecycleScope, belay.beginning)
        if (savedInstanceState == null) take(intent)
        setContent {
            MainContent(
                opening = opening,
                navigator = navigator,
                handOver = handOver,
                belay = belay,
                showsHelp = showsHelp,
                onHelp = { showsHelp = it },
                onUnlock = owner::ask
            )
        }
    }

    override fun onStart() {
        super.onStart()
        belay.lock.cameBack()
        belay.notices.clear()
    }

    override fun onStop() {
        if (!isChangingConfigurations) {
            belay.lock.left()
            owner.stop()
        }
        super.onStop()
    }

    override fun onDestroy() {
        // The person closed it; a window that is made anew goes on.
        if (isFinishing) belay.beginning.forget()
        super.onDestroy()
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        take(intent)
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putStringArrayList(SCREENS, ArrayList(navigator.saved()))
        outState.putBoolean(HELP, showsHelp)
    }

    /** Takes what another app hands over. Nothing of it is kept: an invitation is a key until it is used. */
    private fun take(handed: Intent) {
        intent = Intent()
        if (handed.action == ACTION_HELP_NOW) {
            showsHelp = true
            return
        }
        val file = handed.sealedFile()
        if (file != null) return takeFile(file)
        lifecycleScope.launch {
            val invitation = handed.invitation(contentResolver) ?: return@launch
            showsHelp = false
            handOver.invitation = invitation
            navigator.go(Route.EnterInvitation)
        }
    }

    /** A file is read only when the person says so, on its page. */
    private fun takeFile(given: Uri) {
        lifecycleScope.launch {
            try {
                handOver.file = belay.files.take(given)
            } catch (_: BelayException) {
                // The page offers to choose the file there, and says why where that does not do either.
            }
            showsHelp = false
            navigator.go(Route.Bundle)
        }
    }

    private companion object {
        const val SCREENS = "screens"
        const val HELP = "help"
    }
}
