package app.belay.android

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate

/** Emits whenever the system sends one of [actions], as long as it is collected. They come from the system only. */
fun Context.broadcasts(actions: List<String>): Flow<Unit> = callbackFlow {
    val receiver = object : BroadcastReceiver() {
        override fun onReceive(context: Context, intent: Intent) {
            trySend(Unit)
        }
    }
    registerReceiver(receiver, IntentFilter().apply { actions.forEach(::addAction) })
    awaitClose { unregisterReceiver(receiver) }
}.conflate()
