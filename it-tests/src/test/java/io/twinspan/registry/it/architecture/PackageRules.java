package io.twinspan.registry.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The arrows of the house. Every list names the whole truth: what is not listed is not allowed. */
final class PackageRules {
    private static final String ROOT = "io.twinspan.registry.";
    private static final String EVERYWHERE = "io.twinspan.registry..";

    private static final String[] CORE = in(
            "datacenter..",
            "clock..",
            "datum..",
            "slot..",
            "subscription..",
            "digest..",
            "failover..",
            "federation..",
            "lease..",
            "message..",
            "policy..",
            "pushswitch..",
            "runtime..");

    private PackageRules() {}

    /** Module arrows: core knows nobody; only the node may know all libraries. */
    static List<ArchRule> moduleArrows() {
        return List.of(
                onlyMayUse(CORE, CORE, "registry-core uses only itself, the JDK and JSpecify"),
                neverUses(in("config.."), in("sync..", "acvip..", "node..", "ops.."), "config uses only core"),
                neverUses(in("sync.."), in("config..", "acvip..", "node..", "ops.."), "cross-dc-sync uses only core"),
                neverUses(in("acvip.."), in("config..", "sync..", "node..", "ops.."), "acvip-resolver uses only core"),
                neverUses(
                        in("ops.."),
                        in("config..", "sync..", "acvip..", "node.."),
                        "ops reaches nodes over the network"),
                neverUses(in("node.."), in("ops.."), "a node does not know its operator"));
    }

    /** Roles exchange messages; they never import one another. */
    static List<ArchRule> roleArrows() {
        return List.of(
                neverUses(in("node.meta.."), in("node.data..", "node.session.."), "meta talks to roles by messages"),
                neverUses(in("node.data.."), in("node.meta..", "node.session.."), "data talks to roles by messages"),
                neverUses(in("node.session.."), in("node.meta..", "node.data.."), "session talks to roles by messages"),
                slices().matching(
                                "io.twinspan.registry.(datacenter|clock|datum|slot|subscription|digest|failover|federation|lease|message|policy|pushswitch|runtime)..")
                        .should()
                        .beFreeOfCycles(),
                slices().matching("io.twinspan.registry.sync.(*)..").should().beFreeOfCycles());
    }

    /**
     * Each third-party system is imported by exactly one package of a deployable. JRaft stands on Bolt, and its adapter gives it a
     * server that binds where it is told.
     */
    static List<ArchRule> oneImporter() {
        return List.of(
                onlyIn("com.alipay.remoting..", "Bolt", "node.bolt..", "node.meta.raft..", "ops.bench.."),
                onlyIn("com.alipay.sofa.jraft..", "JRaft", "node.meta.raft.."),
                onlyIn("org.rocksdb..", "RocksDB", "node.data.rocksdb.."),
                onlyIn("org.apache.kafka..", "Kafka", "sync.kafka..", "ops.broker.."),
                onlyIn("io.github.resilience4j..", "Resilience4j", "sync.fetch.."),
                onlyIn("io.micrometer..", "Micrometer", "node.metrics.."),
                onlyIn("io.netty.handler.codec.dns..", "Netty's DNS codec", "acvip.dns.."),
                onlyIn("kafka..", "the Kafka broker", "ops.broker.."),
                onlyIn("com.caucho.hessian..", "Hessian", "node.bolt..", "node.meta.raft..", "ops.bench.."));
    }

    /** Time and chance are arguments; only where a process is put together may they be read. */
    static List<ArchRule> timeAndChance() {
        String[] wiring = in("node", "ops..");
        return List.of(noClasses()
                .that()
                .resideInAnyPackage(EVERYWHERE)
                .and()
                .resideOutsideOfPackages(wiring)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callConstructor(Random.class)
                .because("what reads the wall clock or chance by itself cannot be simulated"));
    }

    /** Names that say nothing are not used. */
    static List<ArchRule> names() {
        List<ArchRule> rules = new ArrayList<>();
        for (String banned : List.of("Impl", "Manager", "Util", "Utils", "Helper", "Base", "Info", "V2")) {
            rules.add(classes()
                    .that()
                    .resideInAnyPackage(EVERYWHERE)
                    .and()
                    .resideOutsideOfPackages("..proto..", "..wire..")
                    .should()
                    .haveSimpleNameNotEndingWith(banned));
        }
        for (String banned : List.of("Abstract", "Default", "Common")) {
            rules.add(classes()
                    .that()
                    .resideInAnyPackage(EVERYWHERE)
                    .and()
                    .resideOutsideOfPackages("..proto..", "..wire..")
                    .should()
                    .haveSimpleNameNotStartingWith(banned));
        }
        return rules;
    }

    static ArchRule neverUses(String[] these, String[] those, String because) {
        return noClasses()
                .that()
                .resideInAnyPackage(these)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(those)
                .because(because);
    }

    static ArchRule onlyIn(String thirdParty, String name, String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(EVERYWHERE)
                .and()
                .resideOutsideOfPackages(in(packages))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(thirdParty)
                .because("one package imports " + name);
    }

    private static ArchRule onlyMayUse(String[] these, String[] those, String because) {
        List<String> allowed = new ArrayList<>(List.of(those));
        allowed.add("java..");
        allowed.add("org.jspecify..");
        return classes()
                .that()
                .resideInAnyPackage(these)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because(because);
    }

    private static String[] in(String... packages) {
        String[] full = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            full[i] = ROOT + packages[i];
        }
        return full;
    }
}
