"""What every other room builds on: files, the home of the data, messages, faults, and validation.

Here belongs what knows nothing of projects: reading and writing files safely, strict JSON, the folder or
database that PROJECT_MAP_HOME names, the catalogue of the interface, and how an error is worded. A
rule about the content of the data belongs to `geo.checks`, its schema to the module that reads it.
"""
