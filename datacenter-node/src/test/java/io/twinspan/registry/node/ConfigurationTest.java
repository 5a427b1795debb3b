package io.twinspan.registry.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.acvip.domain.ResolverSettings;
import io.twinspan.registry.acvip.health.HealthSettings;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.failover.FailoverHook;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.node.bolt.ProxySettings;
import io.twinspan.registry.node.data.DataSettings;
import io.twinspan.registry.node.data.ForeignSettings;
import io.twinspan.registry.node.resolver.NodeResolver;
import io.twinspan.registry.sync.SyncLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ClassPathResource;

class ConfigurationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "single",
                "dual-east",
                "dual-west",
                "dual-shared-east",
                "dual-shared-west",
                "three-1",
                "three-2",
                "three-3",
                "separate-meta",
                "separate-data",
                "separate-session"
            })
    void everyShippedFileBindsWithNoUnknownKey(String name) {
        Properties keys = shipped(name);

        NodeProperties bound = bind(keys);

        assertThat(bound.topology().metaHosts()).isNotEmpty();
        assertThat(bound.nodeRoles()).isNotEmpty();
        assertThat(bound.nodePorts().number(NodePort.SESSION_CLIENT)).isEqualTo(9600);
        assertThat(ConfigurationCheck.unknownKeys(List.copyOf(keys.stringPropertyNames())))
                .isEmpty();
    }

    @Test
    void threeMachinesDifferOnlyInTheirAddressAndAreTheMetasOfEachOther() {
        List<String> hosts = new ArrayList<>();
        List<Properties> rest = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            Properties keys = shipped("three-" + number);
            assertThat(bind(keys).topology().metaHosts()).hasSize(3);
            hosts.add(bind(keys).nodePorts().advertised(NodePort.META_FOR_META).host());
            keys.remove("twinspan.advertise");
            rest.add(keys);
        }

        assertThat(hosts).isEqualTo(bind(shipped("three-1")).topology().metaHosts());
        assertThat(rest.get(1)).isEqualTo(rest.get(0));
        assertThat(rest.get(2)).isEqualTo(rest.get(0));
    }

    @Test
    void defaultsAreThoseOfTheOperationsGuide() {
        NodeProperties bound = bind(minimal());

        assertThat(bound.nodeRoles()).containsExactly(NodeRole.META, NodeRole.DATA, NodeRole.SESSION);
        assertThat(bound.topology().metaHosts()).containsExactly("127.0.0.1");
        assertThat(bound.membership().lease()).isEqualTo(Duration.ofSeconds(10));
        assertThat(bound.data().warmingEarliest()).isEqualTo(Duration.ofSeconds(15));
        assertThat(bound.data().warmingQuiet()).isEqualTo(Duration.ofSeconds(10));
        assertThat(bound.data().warmingLatest()).isEqualTo(Duration.ofSeconds(60));
        assertThat(bound.data().sessionLease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(bound.data().quarantineBound()).isEqualTo(Duration.ofMinutes(10));
        assertThat(bound.data().replication().settings())
                .isEqualTo(DataSettings.standard().replication());
        assertThat(bound.data().foreign().settings()).isEqualTo(ForeignSettings.standard());
        assertThat(bound.sync().limits()).isEqualTo(SyncLimits.standard());
        assertThat(bound.session().dataConnections()).isEqualTo(10);
        assertThat(bound.session().httpReaders()).isEqualTo(1_000);
        for (NodePort port : NodePort.values()) {
            assertThat(bound.nodePorts().bound(port)).isEqualTo(new Endpoint("127.0.0.1", port.defaultNumber()));
        }
    }

    @Test
    void forwardedClientsAreTakenOnlyWhereAPortIsNamed() {
        Map<String, Object> keys = minimal();
        assertThat(bind(keys).session().proxy()).isEqualTo(ProxySettings.OFF);
        keys.put("twinspan.session.proxy-port", "9605");
        keys.put("twinspan.session.proxy-senders[0]", "10.0.0.0/8");
        assertThat(bind(keys).session().proxy()).isEqualTo(ProxySettings.of(9_605, List.of("10.0.0.0/8")));
        keys.put("twinspan.session.proxy-senders[0]", "somewhere");
        assertThatThrownBy(() -> bind(keys).session().proxy()).hasMessageContaining("'somewhere' is no address");
    }

    @Test
    void theResolverHasItsDefaultsAndTakesWhatIsSet() {
        Map<String, Object> keys = minimal();
        keys.put("twinspan.port-offset", "100");
        assertThat(bind(keys).resolverSettings())
                .isEqualTo(new NodeResolver.Settings(
                        ResolverSettings.standard("twinspan"),
                        HealthSettings.standard(),
                        List.of(),
                        Optional.of(new Endpoint("127.0.0.1", 9753))));

        keys.put("twinspan.federation", "bank.example");
        keys.put("twinspan.resolver.dns-port", "0");
        keys.put("twinspan.resolver.check-local", "true");
        keys.put("twinspan.resolver.standalone", "10.0.0.1:9603");
        assertThat(bind(keys).resolverSettings())
                .isEqualTo(new NodeResolver.Settings(
                        ResolverSettings.standard("bank.example"),
                        HealthSettings.standard().withLocal(true),
                        List.of(new Endpoint("10.0.0.1", 9603)),
                        Optional.empty()));

        keys.put("twinspan.federation", "Bank!");
        assertThatThrownBy(() -> bind(keys).resolverSettings()).hasMessageContaining("twinspan.federation 'Bank!'");
        keys.put("twinspan.roles", "resolver");
        assertThat(bind(keys).nodeRoles()).isEmpty();
        keys.put("twinspan.roles", "resolver,data");
        assertThatThrownBy(() -> bind(keys).nodeRoles()).hasMessageContaining("resolver by itself");
    }

    @Test
    void hooksOfAFailoverAreTakenInTheirOrderAndWrongOnesAreRefusedByName() {
        Map<String, Object> keys = minimal();
        assertThat(bind(keys).failover().all()).isEmpty();
        keys.put("twinspan.failover.hooks[0].name", "names");
        keys.put("twinspan.failover.hooks[0].at", "after-commit");
        keys.put("twinspan.failover.hooks[0].act", "point-names {}");
        keys.put("twinspan.failover.hooks[1].name", "lb");
        keys.put("twinspan.failover.hooks[1].at", "last");
        keys.put("twinspan.failover.hooks[1].act", "http://lb.example/move");
        keys.put("twinspan.failover.hooks[1].verify", "true");
        keys.put("twinspan.failover.hooks[1].within", "20s");
        assertThat(bind(keys).failover().all())
                .containsExactly(
                        new FailoverHook(
                                "names",
                                FailoverStep.HOOKS_AFTER_COMMIT,
                                "point-names {}",
                                "",
                                "",
                                Duration.ofSeconds(10)),
                        new FailoverHook(
                                "lb",
                                FailoverStep.HOOKS_LAST,
                                "http://lb.example/move",
                                "true",
                                "",
                                Duration.ofSeconds(20)));

        keys.put("twinspan.failover.hooks[1].at", "commit");
        assertThatThrownBy(() -> bind(keys).failover().all())
                .hasMessageContaining("'commit' of hook 'lb' is none of first, before-commit, after-commit, last");
    }

    @Test
    void boundsOfTheSyncAreTakenAndWrongOnesAreRefusedByName() {
        Map<String, Object> keys = minimal();
        keys.put("twinspan.sync.summary-every", "2s");
        keys.put("twinspan.sync.shrink.percent", "50");
        keys.put("twinspan.sync.breaker.failure-percent", "80");
        keys.put("twinspan.sync.warm.bytes-per-second", "512KB");
        keys.put("twinspan.data.foreign.bound", "48h");
        NodeProperties bound = bind(keys);
        assertThat(bound.sync().limits().announce().summaryEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(bound.sync().limits().announce().shrinkPercent()).isEqualTo(50);
        assertThat(bound.sync().limits().guard().failurePercent()).isEqualTo(80);
        assertThat(bound.sync().limits().guard().warmBytesPerSecond()).isEqualTo(512 * 1_024);
        assertThat(bound.data().foreign().settings().bound()).isEqualTo(Duration.ofDays(2));

        keys.put("twinspan.sync.breaker.failure-percent", "101");
        assertThatThrownBy(() -> bind(keys).sync().limits())
                .hasMessageContaining("sync.breaker: failure-percent is 101");
        keys.put("twinspan.data.foreign.stale-after", "72h");
        assertThatThrownBy(() -> bind(keys).data().foreign().settings())
                .hasMessageContaining("twinspan.data.foreign.stale-after");
    }

    @Test
    void keyThatDoesNotExistIsRefusedByName() {
        Map<String, Object> keys = minimal();
        keys.put("twinspan.push-dealy", "1s");

        assertThatThrownBy(() -> bind(keys))
                .isInstanceOf(BindException.class)
                .satisfies(refusal -> assertThat(ConfigurationCheck.sentence((BindException) refusal))
                        .isEqualTo("twinspan.push-dealy: there is no such key"));
        assertThat(ConfigurationCheck.unknownKeys(List.of("twinspn.datacenter", "nodes.metaNod", "twinspan.home")))
                .containsExactly("twinspn.datacenter", "nodes.metaNod");
    }

    @Test
    void missingKeyIsNamedWithAdvice() {
        Map<String, Object> keys = minimal();
        keys.remove("twinspan.home");

        assertThatThrownBy(() -> bind(keys))
                .satisfies(refusal -> assertThat(ConfigurationCheck.sentence((BindException) refusal))
                        .contains("home is missing; name the folder"));
    }

    @Test
    void wrongRoleAndPortAreRefusedByName() {
        Map<String, Object> keys = minimal();
        keys.put("twinspan.roles", "mata");
        assertThatThrownBy(() -> bind(keys).nodeRoles()).hasMessageContaining("'mata' is no role");
        keys.put("twinspan.ports.session-klient", "1");
        assertThatThrownBy(() -> bind(keys).nodePorts()).hasMessageContaining("no port 'session-klient'");
    }

    @Test
    void datacenterNamedTwiceIsRefused() {
        Map<String, Object> keys = minimal();
        keys.put("twinspan.kafka", "k:1");
        keys.put("twinspan.peers[0].datacenter", "east");
        keys.put("twinspan.peers[0].kafka", "k:1");
        keys.put("twinspan.peers[0].meta", "h:9612");

        assertThatThrownBy(() -> bind(keys).topology()).hasMessageContaining("'east' stands twice");
    }

    @Test
    void classicKeysAreReadAsOurs() {
        assertThat(ClassicKeys.translate("east", "east:10.0.0.1,10.0.0.2;west:10.1.0.1"))
                .containsEntry("twinspan.datacenter", "east")
                .containsEntry("twinspan.meta[1]", "10.0.0.2");
        assertThat(ClassicKeys.translate(null, "DefaultDataCenter:10.0.0.1"))
                .containsEntry("twinspan.datacenter", "DefaultDataCenter");
        assertThatThrownBy(() -> ClassicKeys.translate("north", "east:10.0.0.1"))
                .hasMessageContaining("no metas of datacenter 'north'");
    }

    private static Properties shipped(String name) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("deployments/" + name + ".yaml"));
        return requireNonNull(yaml.getObject());
    }

    private static Map<String, Object> minimal() {
        return new HashMap<>(Map.of("twinspan.datacenter", "east", "twinspan.home", "somewhere"));
    }

    private static NodeProperties bind(Map<?, ?> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bind(
                        "twinspan",
                        Bindable.of(NodeProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
                .get();
    }
}
