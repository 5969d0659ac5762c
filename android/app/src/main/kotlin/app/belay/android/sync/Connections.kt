package app.belay.android.sync

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate

/** Once at the beginning, and whenever the phone has a new way to the network. */
fun Context.connections(): Flow<Unit> = callbackFlow {
    val connectivity = checkNotNull(getSystemService(ConnectivityManager::class.java))
    var first = true
    val told = object : ConnectivityManager.NetworkCallback() {
        override fun onAvailable(network: Network) {
            // The network that is there already is told of at once.
            if (!first) trySend(Unit)
            first = false
        }

        override fun onLost(network: Network) {
            first = false
        }
    }
    trySend(Unit)
    connectivity.registerDefaultNetworkCallback(told)
    awaitClose { connectivity.unregisterNetworkCallback(told) }
}.conflate()
