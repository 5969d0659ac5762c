package app.belay.ui.settings

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.ui.Doing
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** Deleting everything: honest words, one switch, one button. What is still to be said comes after it. */
class DeleteModel(val services: Services, scope: CoroutineScope) {
    /** The person has said that they understand. */
    var understands: Boolean by mutableStateOf(false)

    val act = Doing(scope, services.words)

    /** Leaves everyone and erases the store. The core is closed afterwards. */
    fun delete() {
        if (!understands) return
        act.run {
            services.core.deleteEverything()
            services.leaveStore()
        }
    }

    /** Keeps everything. */
    fun keep() {
        services.navigator.back()
    }
}
