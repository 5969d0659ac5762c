package app.belay.android.near

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.net.NetworkRequest
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate

/** Once at the beginning, and whenever the phone joins or leaves a Wi-Fi or a cable, with or without internet. */
fun Context.localNetworks(): Flow<Unit> = callbackFlow {
    val connectivity = checkNotNull(getSystemService(ConnectivityManager::class.java))
    val request = NetworkRequest.Builder()
        .addTransportType(NetworkCapabilities.TRANSPORT_WIFI)
        .addTransportType(NetworkCapabilities.TRANSPORT_ETHERNET)
        .build()
    val told = object : ConnectivityManager.NetworkCallback() {
        override fun onAvailable(network: Network) {
            trySend(Unit)
        }

        override fun onLost(network: Network) {
            trySend(Unit)
        }
    }
    trySend(Unit)
    connectivity.registerNetworkCallback(request, told)
    awaitClose { connectivity.unregisterNetworkCallback(told) }
}.conflate()
