package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.simulation.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run in which links are cut, operators force and confirm, nodes and metas start again, and all is healed in the end. */
final class DutyRun {
    private static final Duration SETTLING = Duration.ofSeconds(10);
    /** Twice what both sides of a healed cut may take to agree. */
    private static final Duration AGREEING = Duration.ofSeconds(20);

    private static final int DEEDS = 14;

    private final DutyWorld world;
    private final Random random;

    private DutyRun(Seed seed, PlantedDuty planted) {
        this.world = new DutyWorld(seed, planted);
        this.random = world.random;
    }

    /** What was found; nothing when all is well. */
    static List<String> violations(Seed seed, PlantedDuty planted) {
        DutyRun run = new DutyRun(seed, planted);
        run.run();
        return run.world.check.found();
    }

    private void run() {
        world.pass(SETTLING);
        init(any());
        world.pass(SETTLING);
        for (int i = 0; i < DEEDS; i++) {
            act();
            world.pass(Duration.ofMillis(random.nextInt(6_000)));
        }
        world.network.heal();
        world.pass(AGREEING);
        world.check.atTheEnd(world.sites);
    }

    private void act() {
        DutySite site = any();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> cut(site);
            case 3 -> world.network.heal();
            case 4, 5, 6 -> world.ask(site, "/failover/v1/run", "{\"to\":\"" + site.own() + "\",\"force\":true}");
            case 7 ->
                world.ask(
                        site,
                        "/federation/v1/standby",
                        "{\"datacenter\":\"" + any().own() + "\",\"position\":\"out\"}");
            case 8 -> confirm(site);
            case 9 -> site.restartMeta(random.nextInt(DutySite.METAS));
            case 10 -> site.rebuildMetas();
            default -> site.node().start();
        }
    }

    private void confirm(DutySite site) {
        String answer = world.ask(site, "/federation/v1/confirm", "{}");
        if (answer.startsWith("200 ")) {
            JsonNode epoch = JsonMapper.shared()
                    .readTree(answer.substring("200 ".length()))
                    .path("epoch");
            world.check.onConfirmed(new FederationEpoch(
                    epoch.path("number").asLong(),
                    new DatacenterId(epoch.path("issuer").asString())));
        } else if (!answer.startsWith("409 ")) {
            world.check.onConfirmedUnheard();
        }
    }

    private void cut(DutySite site) {
        for (DutySite other : world.sites) {
            if (other != site) {
                world.cut(site, other);
                if (random.nextInt(4) > 0) {
                    world.cut(other, site);
                }
            }
        }
    }

    private void init(DutySite site) {
        world.ask(site, "/federation/v1/init", "{\"active\":\"" + site.own() + "\"}");
    }

    private DutySite any() {
        return world.sites.get(random.nextInt(world.sites.size()));
    }
}
