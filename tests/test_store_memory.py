"""The memory store keeps the contract."""

from store_contract import StoreContract

from facilitation.store.memory import MemoryStore


class TestMemoryStore(StoreContract):
    def opened(self):
        return MemoryStore()
