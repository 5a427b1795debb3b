package io.twinspan.registry.ops.bench;

import com.alipay.sofa.registry.core.model.BaseRegister;
import com.alipay.sofa.registry.core.model.ReceivedData;
import io.twinspan.registry.subscription.Scope;
import java.util.List;

/**
 * Which client of a crowd publishes and subscribes to what. Publisher p is of service {@code p mod services}, of which it is number
 * {@code p / services}, and its value says p. Pure.
 *
 * @param name makes names differ from those of other runs
 * @param publishersEach of one client
 * @param subscriptionsEach of one client, of all scopes by turns
 */
record CrowdServices(String name, int clients, int publishersEach, int subscriptionsEach) {
    private static final int OF_SERVICE = 10;
    private static final int STRIDE = 997;
    private static final int BYTES = 64;
    private static final List<Scope> SCOPES = List.of(Scope.GLOBAL, Scope.DATACENTER, Scope.ZONE);

    int publishers() {
        return clients * publishersEach;
    }

    int subscriptions() {
        return clients * subscriptionsEach;
    }

    int services() {
        return (publishers() + OF_SERVICE - 1) / OF_SERVICE;
    }

    /** The publishers of a service, each a bit. */
    long publishersOf(int service) {
        long all = 0;
        for (int i = 0; service + i * services() < publishers(); i++) {
            all |= 1L << i;
        }
        return all;
    }

    /** The service to which a client subscribes as its subscription {@code k}. */
    int subscribed(int client, int k) {
        return (client + k * STRIDE) % services();
    }

    /** What a push shows of its service, each publisher a bit. */
    long publishersIn(ReceivedData push) {
        return Messages.numbersOf(push).map(p -> 1L << (p / services())).reduce(0, (one, other) -> one | other);
    }

    /** The subscription that a registration stands for, counted over all clients. */
    int subscription(String registration) {
        return Integer.parseInt(registration.substring(registration.lastIndexOf('.') + 1));
    }

    /** Every registration of a client, in the order in which it sends them. */
    int registrationsEach() {
        return publishersEach + subscriptionsEach;
    }

    /** @param clock milliseconds, sent as the client's registration time */
    BaseRegister registration(int client, int k, long clock) {
        BaseRegister register;
        if (k < publishersEach) {
            int p = client * publishersEach + k;
            register =
                    Messages.publisher(service(p % services()), name + ".p." + p, 1, Messages.value(p, BYTES), clock);
        } else {
            int j = k - publishersEach;
            register = Messages.subscriber(
                    service(subscribed(client, j)),
                    name + ".s." + (client * subscriptionsEach + j),
                    SCOPES.get(j % SCOPES.size()),
                    clock);
        }
        register.setAppName(application(client));
        return register;
    }

    /** Each client is an application of its own, as on a machine of its own: sessions tell clients of one machine apart by it. */
    String application(int client) {
        return name + "-" + client;
    }

    private String service(int number) {
        return "com.example.bench." + name + "." + number;
    }
}
