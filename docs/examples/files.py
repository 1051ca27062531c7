class File:
    def __init__(self, name):
        self._name = name

    @staticmethod
    def open(name):
        return File(name)

    def name(self):
        return self._name

    def read(self, most):
        return f"the content of {self._name}".encode()[:most]

    def same(self, other):
        return self is other

    def duplicate(self):
        return self

    def drop(self):
        print(f"the plugin let go of {self._name}")


class Journal:
    def write(self, line):
        print(line)


class Files:
    File = File
    Journal = Journal

    def journal_of_application(self):
        return Journal()

    def total(self, files):
        return sum(len(file.name()) for file in files)

    def keep(self, files, last):
        return len(files)
