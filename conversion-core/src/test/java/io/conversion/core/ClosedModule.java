package io.conversion.core;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A module named {@code closed} with one class, whose package it neither exports nor opens to anybody. */
public final class ClosedModule extends ModuleReference {

    private final String file;
    private final URI location;

    private ClosedModule(ModuleDescriptor descriptor, String file, URI location) {
        super(descriptor, location);
        this.file = file;
        this.location = location;
    }

    /** The same record, as a type of its own in the closed module. */
    public static Class<? extends Record> copyOf(Class<? extends Record> type) throws Exception {
        String file = type.getName().replace('.', '/') + ".class";
        URI location = Objects.requireNonNull(type.getResource("/" + file), "the class file of " + type)
                .toURI();
        ModuleDescriptor descriptor = ModuleDescriptor.newModule("closed")
                .packages(Set.of(type.getPackageName()))
                .build();
        ModuleReference closed = new ClosedModule(descriptor, file, location);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration().resolve(finder(closed), ModuleFinder.of(), Set.of("closed"));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
                .findLoader("closed")
                .loadClass(type.getName())
                .asSubclass(Record.class);
    }

    private static ModuleFinder finder(ModuleReference only) {
        return new ModuleFinder() {
            @Override
            public Optional<ModuleReference> find(String name) {
                return name.equals("closed") ? Optional.of(only) : Optional.empty();
            }

            @Override
            public Set<ModuleReference> findAll() {
                return Set.of(only);
            }
        };
    }

    @Override
    public ModuleReader open() {
        return new ModuleReader() {
            @Override
            public Optional<URI> find(String name) {
                return name.equals(file) ? Optional.of(location) : Optional.empty();
            }

            @Override
            public Stream<String> list() {
                return Stream.of(file);
            }

            @Override
            public Optional<InputStream> open(String name) throws IOException {
                return name.equals(file) ? Optional.of(location.toURL().openStream()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
