package io.twinspan.registry.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.config.KafkaCluster;
import io.twinspan.registry.config.Topology;
import io.twinspan.registry.sync.SyncLimits;
import io.twinspan.registry.sync.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ClassPathResource;

class KafkaConfigurationTest {
    private static final String PASSWORD = "not-for-the-log";

    @TempDir
    Path folder;

    @Test
    void datacentersThatShareAClusterUseItInOneWay() {
        Map<String, Object> keys = dual("kafka.example:9092");
        keys.put("twinspan.kafka-client.properties.security.protocol", "SASL_SSL");

        Topology topology = bind(keys).topology();

        assertThat(topology.kafka().client()).containsExactly(Map.entry("security.protocol", "SASL_SSL"));
        assertThat(topology.peers().get(0).kafka()).isEqualTo(topology.kafka());
    }

    @Test
    void aClusterEachIsReachedWithPropertiesOfItsOwn() throws IOException {
        Path secrets = Files.writeString(
                folder.resolve("secrets.properties"), "sasl.jaas.config=x required password=\"" + PASSWORD + "\";\n");
        Map<String, Object> keys = dual("kafka.west.example:9092");
        keys.put("twinspan.peers[0].kafka-client.properties.security.protocol", "SASL_PLAINTEXT");
        keys.put("twinspan.peers[0].kafka-client.secrets", secrets.toString());
        keys.put("twinspan.kafka-topics.replication-factor", "3");
        keys.put("twinspan.kafka-topics.retention", "2h");

        NodeProperties bound = bind(keys);
        KafkaSettings settings = settings(bound);

        assertThat(settings.ownCluster().client()).isEmpty();
        assertThat(settings.peerClusters().values())
                .singleElement()
                .satisfies(west -> assertThat(west.client())
                        .containsEntry("security.protocol", "SASL_PLAINTEXT")
                        .containsEntry("sasl.jaas.config", "x required password=\"" + PASSWORD + "\";"));
        assertThat(settings.topics().replicationFactor()).isEqualTo(3);
        assertThat(settings.topics().retention()).isEqualTo(Duration.ofHours(2));
        assertThat(List.of(settings.toString(), bound.topology().toString(), bound.toString()))
                .noneMatch(text -> text.contains(PASSWORD));
    }

    @Test
    void whatTheChannelDecidesAndWhatKafkaDoesNotKnowIsRefusedByName() {
        assertRefused("acks", "'acks' is decided by the channel itself");
        assertRefused("group.id", "'group.id' is decided by the channel itself");
        assertRefused("bootstrap.servers", "'bootstrap.servers' is decided by the channel itself");
        assertRefused("securty.protocol", "'securty.protocol' is no property of Kafka's clients");
    }

    @Test
    void aSecretThatIsNotThereIsRefusedWithoutShowingAnything() throws IOException {
        Map<String, Object> keys = dual("kafka.west.example:9092");
        keys.put("twinspan.kafka-client.secrets", folder.resolve("nowhere").toString());
        assertThatThrownBy(() -> bind(keys).topology())
                .hasMessageContaining("nowhere cannot be read (NoSuchFileException)");

        Path malformed = Files.writeString(folder.resolve("malformed"), "key=\\u00 " + PASSWORD + "\n");
        keys.put("twinspan.kafka-client.secrets", malformed.toString());
        assertThatThrownBy(() -> bind(keys).topology())
                .hasMessageContaining("cannot be read")
                .hasMessageNotContaining(PASSWORD)
                .hasNoCause();

        assertThatThrownBy(() -> new KafkaCluster("k:1", Map.of("ssl.key.password", "${NOT_SET}")))
                .hasMessageContaining("'ssl.key.password' names an environment variable that is not set");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() throws IOException {
        Path secrets = Files.writeString(folder.resolve("secrets"), "security.protocol=" + PASSWORD + "\n");
        Map<String, Object> keys = dual("kafka.west.example:9092");
        keys.put("twinspan.kafka-client.properties.security.protocol", "SSL");
        keys.put("twinspan.kafka-client.secrets", secrets.toString());

        assertThatThrownBy(() -> bind(keys).topology())
                .hasMessageContaining("'security.protocol' stands under properties and in " + secrets)
                .hasMessageNotContaining(PASSWORD);
    }

    /** The files of secrets that it names are not there; everything before that is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"dual-sasl-east", "dual-sasl-west"})
    void theShippedFilesWithSaslAskForTheirSecrets(String name) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("deployments/" + name + ".yaml"));
        Properties keys = requireNonNull(yaml.getObject());
        keys.replaceAll((key, value) -> value.toString().replaceAll("\\$\\{.*}", PASSWORD));
        assertThat(ConfigurationCheck.unknownKeys(List.copyOf(keys.stringPropertyNames())))
                .isEmpty();
        NodeProperties withSecrets = bind(keys);
        assertThatThrownBy(withSecrets::topology).hasMessageContaining("/etc/twinspan/kafka-");

        keys.remove("twinspan.kafka-client.secrets");
        keys.remove("twinspan.peers[0].kafka-client.secrets");
        KafkaSettings settings = settings(bind(keys));

        assertThat(settings.ownCluster().client()).containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        assertThat(settings.peerClusters().values())
                .allSatisfy(west -> assertThat(west.client()).containsEntry("security.protocol", "SASL_SSL"));
    }

    private static void assertRefused(String key, String because) {
        Map<String, Object> keys = dual("kafka.west.example:9092");
        keys.put("twinspan.kafka-client.properties." + key, "1");
        assertThatThrownBy(() -> settings(bind(keys))).hasMessageContaining(because);
    }

    private static KafkaSettings settings(NodeProperties bound) {
        return KafkaParts.settings(bound.topology(), bound.kafkaTopics().settings(), SyncLimits.standard());
    }

    private static Map<String, Object> dual(String kafkaOfTheWest) {
        return new HashMap<>(Map.of(
                "twinspan.datacenter", "east",
                "twinspan.home", "somewhere",
                "twinspan.kafka", "kafka.example:9092",
                "twinspan.peers[0].datacenter", "west",
                "twinspan.peers[0].kafka", kafkaOfTheWest,
                "twinspan.peers[0].meta", "registry.west.example:9612"));
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
