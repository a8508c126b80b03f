"""What all other packages build on: files, the home of the data, messages, faults, validation.

Code that knows nothing of projects belongs here: safe reading and writing of files, strict JSON,
XML, the folder or database that PROJECT_MAP_HOME names, the message catalogues, the wording of errors,
and the process that makes a file for the server. Rules about the content of the data belong to `geo.checks`; each schema belongs to the
module that reads its file.
"""
