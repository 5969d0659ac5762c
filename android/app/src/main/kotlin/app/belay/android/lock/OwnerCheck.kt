package app.belay.android.lock

import android.app.Activity
import android.app.KeyguardManager
import android.content.Context
import android.content.Intent
import android.hardware.biometrics.BiometricManager.Authenticators.BIOMETRIC_WEAK
import android.hardware.biometrics.BiometricManager.Authenticators.DEVICE_CREDENTIAL
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import app.belay.words.Words

/** Whether this phone has a screen lock, without which nobody can be asked for one. */
fun Context.hasScreenLock(): Boolean = getSystemService(KeyguardManager::class.java)?.isDeviceSecure == true

/**
 * Asks the phone whether its owner holds it: a fingerprint or face where there is one, else the phone's own
 * code. Only the framework is used. Make one while the activity is created.
 */
class OwnerCheck(private val activity: ComponentActivity, private val words: Words, private val passed: () -> Unit) {
    private var asking: CancellationSignal? = null

    private val byCode = activity.registerForActivityResult(StartActivityForResult()) { result ->
        if (result.resultCode == Activity.RESULT_OK) passed()
    }

    /** Asks once; another call while it asks changes nothing. */
    fun ask() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) askByPrompt() else askByCode()
    }

    /** Takes a question back that stands there. */
    fun stop() {
        asking?.cancel()
        asking = null
    }

    private fun askByPrompt() {
        if (asking != null) return
        val signal = CancellationSignal().also { asking = it }
        val builder = BiometricPrompt.Builder(activity).setTitle(words.systemLockTitle)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            builder.setAllowedAuthenticators(BIOMETRIC_WEAK or DEVICE_CREDENTIAL)
        } else {
            @Suppress("DEPRECATION") // the only way that Android 10 knows
            builder.setDeviceCredentialAllowed(true)
        }
        builder.build().authenticate(signal, activity.mainExecutor, Answer())
    }

    private fun askByCode() {
        val keyguard = checkNotNull(activity.getSystemService(KeyguardManager::class.java))

        @Suppress("DEPRECATION") // the only way before Android 10
        val question: Intent? = keyguard.createConfirmDeviceCredentialIntent(words.systemLockTitle, null)
        question?.let(byCode::launch)
    }

    private inner class Answer : BiometricPrompt.AuthenticationCallback() {
        override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) {
            asking = null
            passed()
        }

        override fun onAuthenticationError(code: Int, text: CharSequence?) {
            // The system has said why. The lock stays, with its button to ask again.
            asking = null
        }
    }
}
