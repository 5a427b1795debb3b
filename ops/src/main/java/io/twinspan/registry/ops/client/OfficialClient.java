package io.twinspan.registry.ops.client;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.client.api.Subscriber;
import com.alipay.sofa.registry.client.api.registration.PublisherRegistration;
import com.alipay.sofa.registry.client.api.registration.SubscriberRegistration;
import com.alipay.sofa.registry.client.provider.DefaultRegistryClient;
import com.alipay.sofa.registry.client.provider.DefaultRegistryClientConfig;
import com.alipay.sofa.registry.client.provider.DefaultRegistryClientConfigBuilder;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import java.util.function.Consumer;

/** One connection of the official client to one session. It lives as long as the process: the client has no way to close. */
public final class OfficialClient {
    private static final String APPLICATION = "twinspan-cli";

    private final DefaultRegistryClient client;
    private final Endpoint http;
    private final Endpoint bolt;

    private OfficialClient(DefaultRegistryClient client, Endpoint http, Endpoint bolt) {
        this.client = client;
        this.http = http;
        this.bolt = bolt;
    }

    /**
     * Makes sure that a session answers, then starts a client on it.
     *
     * @param http the session's HTTP port
     * @throws UnreachableException when none answers
     */
    public static OfficialClient connect(Endpoint http) {
        Endpoint bolt = new SessionAddress(http).query().get(0);
        DefaultRegistryClientConfig config = DefaultRegistryClientConfigBuilder.start()
                .setRegistryEndpoint(http.host())
                .setRegistryEndpointPort(http.port())
                .setAppName(APPLICATION)
                .build();
        DefaultRegistryClient client = new DefaultRegistryClient(config);
        client.init();
        return new OfficialClient(client, http, bolt);
    }

    /** The HTTP port this client was given. */
    public Endpoint http() {
        return http;
    }

    /** The first Bolt address that the session names. */
    public Endpoint bolt() {
        return bolt;
    }

    /** Registers addresses under a service; returns at once, see {@link Publisher#isRegistered()}. */
    public Publisher publish(DataInfoId service, String... addresses) {
        PublisherRegistration registration = new PublisherRegistration(service.dataId());
        registration.setGroup(service.group());
        registration.setInstanceId(service.instanceId());
        return client.register(registration, addresses);
    }

    /** Subscribes; the observer is called on the client's threads with what an application would be shown. */
    public Subscriber subscribe(DataInfoId service, Scope scope, Consumer<ShownList> observer) {
        SubscriberRegistration registration =
                new SubscriberRegistration(service.dataId(), (dataId, data) -> observer.accept(ShownList.of(data)));
        registration.setGroup(service.group());
        registration.setInstanceId(service.instanceId());
        registration.setScopeEnum(
                switch (scope) {
                    case ZONE -> ScopeEnum.zone;
                    case DATACENTER -> ScopeEnum.dataCenter;
                    case GLOBAL -> ScopeEnum.global;
                });
        return client.register(registration);
    }
}
