package io.twinspan.registry.it.cluster;

/**
 * What a datacenter serves while nodes fail.
 *
 * @param services that nobody touches after the beginning
 * @param publishersEach of each of them
 * @param crowds raw connections that carry those publishers, each service's spread over all of them
 * @param applications official clients
 * @param subscriptionsEach of the services above, for each application
 * @param takesBackMeanwhile clients take publishers back while something is broken; otherwise just before, and are heard
 */
record Load(
        int services,
        int publishersEach,
        int crowds,
        int applications,
        int subscriptionsEach,
        boolean takesBackMeanwhile) {
    String service(int number) {
        return "com.example.Still" + number;
    }

    /** Of publisher {@code number} of a service; no two are the same. */
    String address(int service, int number) {
        return "10." + service / 250 + "." + service % 250 + "." + number + ":12200";
    }

    /** A service of one official publisher, which nobody touches either. */
    String ownService(int application) {
        return "com.example.Own" + application;
    }

    /** A service whose official publishers come and go. */
    String livelyService(int application) {
        return "com.example.Lively" + application;
    }
}
